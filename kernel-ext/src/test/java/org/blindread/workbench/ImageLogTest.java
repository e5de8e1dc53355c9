package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.StepRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageLogTest {
  private static final List<String> LINKS =
      LinkColumns.between(List.of(Party.VENDOR, Party.HOSPITAL));
  private static final Plan PLAN =
      PlanText.parse(
          """
          blindread-plan 1
          name "log"
          numbers bits=32 scale=11 rounding=nearest
          %0 = weight "kernel" role=kernel : 8×1×1×8 @11 "conv"
          %1 = input "image" owner="hospital" : 4×4×8 @11 "image"
          %2 = convolve %1 %0 kernel=[1,1] stride=[1,1] low=[0,0] high=[0,0] dilation=[1,1] groups=1 : 4×4×8 @22 "conv"
          %3 = truncate %2 bits=11 : 4×4×8 @11 "conv"
          %4 = convolve %3 %0 kernel=[1,1] stride=[1,1] low=[0,0] high=[0,0] dilation=[1,1] groups=1 : 4×4×8 @22 "conv"
          %5 = output %4 name="y" head=none : 4×4×8 @22 "y"
          """);

  /// What a vendor might measure, a record a step.
  private static final List<StepRecord> STEPS =
      List.of(
          new StepRecord(9, 0, Map.of(), Map.of()),
          step(1_000_000_000, 1, 0, 100),
          step(2_000_000_000, 3, 10, 20),
          step(500_000_000, 3, 1, 0),
          step(250_000_000, 4, 5, 7),
          step(125_000_000, 6, 2, 2));

  @TempDir private Path folder;

  private static StepRecord step(long nanos, int depth, long sent, long received) {
    return new StepRecord(
        nanos, depth, Map.of("vendor>hospital", sent), Map.of("hospital>vendor", received));
  }

  private static ImageRecord record(long image, long nanos) {
    return new ImageRecord(image, Map.of(), STEPS, nanos);
  }

  private static Worklist worklist() {
    return Worklist.anonymous(3);
  }

  private ImageLog log() {
    return ImageLog.beside(folder.resolve("blind.csv"));
  }

  private void write(boolean resume, Supplier<OptionalLong> peak, ImageRecord... records)
      throws Exception {
    try (ImageLogFile file = ImageLogFile.open(log(), LINKS, resume)) {
      for (ImageRecord record : records) {
        file.at(Party.VENDOR, PLAN, worklist(), peak).done(record);
      }
    }
  }

  @Test
  void anImageIsLoggedWithItsLayersBothWays() throws Exception {
    write(false, () -> OptionalLong.of(77), record(2, 4_000_000_001L));
    assertEquals(
        """
        party,image,seconds,rounds,peak_memory_bytes,vendor>hospital,hospital>vendor
        vendor,2,4.000000001,6,77,18,129
        """,
        Files.readString(folder.resolve("blind.images.csv")));
    assertEquals(
        """
        party,image,number,layer,kind,seconds,rounds,vendor>hospital,hospital>vendor
        vendor,2,0,image,input,1.000000000,1,0,100
        vendor,2,1,conv,conv,2.250000000,3,15,27
        vendor,2,2,conv,truncate,0.500000000,0,1,0
        vendor,2,3,y,output,0.125000000,2,2,2
        """,
        Files.readString(folder.resolve("blind.layers.csv")));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log().images())));
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    write(false, OptionalLong::empty, record(0, 1), record(1, 2));
    List<ImageCost> images = new ArrayList<>();
    List<LayerCost> layers = new ArrayList<>();
    log()
        .read(
            new ImageLog.Reader<RuntimeException>() {
              @Override
              public void image(ImageCost image) {
                images.add(image);
              }

              @Override
              public void layer(LayerCost layer) {
                layers.add(layer);
              }
            });
    assertEquals(
        List.of(
            ImageCost.of("vendor", "0", record(0, 1), OptionalLong.empty()),
            ImageCost.of("vendor", "1", record(1, 2), OptionalLong.empty())),
        images);
    assertEquals(LayerCost.of("vendor", "0", PLAN, record(0, 1)), layers.subList(0, 4));
    assertEquals(8, layers.size());
    assertEquals(15, layers.get(1).sent());
    assertEquals(27, layers.get(1).received());
  }

  @Test
  void aStoppedLogGoesOnAtItsLastWholeRow() throws Exception {
    write(false, OptionalLong::empty, record(0, 1));
    Files.writeString(log().images(), "vendor,1,0.00", StandardOpenOption.APPEND);
    Files.writeString(log().layers(), "vendor,1,0,conv", StandardOpenOption.APPEND);
    write(true, OptionalLong::empty, record(1, 2));
    assertEquals(3, Files.readAllLines(log().images()).size());
    assertEquals(9, Files.readAllLines(log().layers()).size());
    write(false, OptionalLong::empty);
    assertEquals(1, Files.readAllLines(log().images()).size(), "a run that begins anew");
  }

  @Test
  void wantedImagesAreGathered() throws Exception {
    write(false, OptionalLong::empty, record(0, 1), record(1, 2), record(0, 3));
    ImageLog none = ImageLog.beside(folder.resolve("none.csv"));
    ImageLog all = ImageLog.in(folder);
    all.gather(List.of(log(), none), Set.of("0"));
    List<ImageCost> images = new ArrayList<>();
    all.images(images::add);
    assertEquals(List.of(1e-9, 3e-9), images.stream().map(ImageCost::seconds).toList());
    assertEquals(9, Files.readAllLines(all.layers()).size());
    all.gather(List.of(none), Set.of("0"));
    assertFalse(all.exists());
  }

  @Test
  void whatIsNoLogOrDamagedIsNamed() throws Exception {
    write(false, OptionalLong::empty, record(0, 1));
    Files.writeString(log().images(), "vendor,1,soon,1,,0,0\n", StandardOpenOption.APPEND);
    WorkbenchException damaged =
        assertThrows(WorkbenchException.class, () -> log().images(_ -> {}));
    assertTrue(damaged.getMessage().contains("blind.images.csv, row 3: "), damaged.getMessage());
    Files.writeString(log().images(), "vendor,1\n", StandardOpenOption.TRUNCATE_EXISTING);
    WorkbenchException other = assertThrows(WorkbenchException.class, () -> log().images(_ -> {}));
    assertTrue(other.getMessage().contains("is no log of a run"), other.getMessage());
    WorkbenchException links =
        assertThrows(WorkbenchException.class, () -> ImageLogFile.open(log(), LINKS, true));
    assertTrue(links.getMessage().contains("its header must be"), links.getMessage());
  }
}

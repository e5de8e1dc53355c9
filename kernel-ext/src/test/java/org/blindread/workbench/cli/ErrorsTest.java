package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each error is one sentence on standard error, with exit code 2 and no stack.
final class ErrorsTest {
  @TempDir private static Path folder;
  private static TinyStudy study;

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
  }

  private static void assertRefused(Result result, String... parts) {
    assertEquals(2, result.code, result.out + result.err);
    assertTrue(result.err.startsWith("blindread: "), result.err);
    assertFalse(result.err.contains("\tat "), result.err);
    for (String part : parts) {
      assertTrue(result.err.contains(part), result.err);
    }
  }

  private static Result run(Path model, Object... more) {
    Object[] common = {
      "run",
      "--model",
      model,
      "--manifest",
      study.manifest,
      "--images",
      1,
      "--out",
      folder.resolve("never.csv")
    };
    Object[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return Result.of(all);
  }

  @Test
  void aMissingModel() {
    assertRefused(run(folder.resolve("nowhere.onnx"), "--protocol", "plain"), "nowhere.onnx");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 200, 900})
  void aModelCutShort(int bytes) throws Exception {
    Path broken = folder.resolve("cut-" + bytes + ".onnx");
    Files.write(broken, Arrays.copyOf(TinyStudy.network(7), bytes));
    Files.copy(ModelCard.pathFor(study.model), ModelCard.pathFor(broken));
    assertRefused(run(broken, "--protocol", "plain"), broken.getFileName().toString());
  }

  @Test
  void aModelWithoutACard() throws Exception {
    Path bare = folder.resolve("bare.onnx");
    Files.write(bare, TinyStudy.network(7));
    assertRefused(
        run(bare, "--protocol", "plain"),
        "no model card",
        "./blindread run --model " + bare + " --card-template > " + folder.resolve("bare.json"));
    Result template = Result.of("run", "--model", bare, "--card-template");
    assertEquals(0, template.code, template.err);
    assertTrue(template.out.contains("finding-2"), template.out);
  }

  @Test
  void aModelThatWasNeverCalibrated() throws Exception {
    Path fresh = folder.resolve("fresh.onnx");
    Files.write(fresh, TinyStudy.network(7));
    VendorCard.withoutRanges(study.model).write(ModelCard.pathFor(fresh));
    assertRefused(run(fresh, "--protocol", "plain"), "no ranges", "calibrate");
  }

  @Test
  void aCardOfAnotherImageSize() throws Exception {
    Path card = folder.resolve("other.json");
    String text = Files.readString(ModelCard.pathFor(study.model));
    Files.writeString(card, text.replace("\"height\" : 16", "\"height\" : 32"));
    assertRefused(
        run(study.model, "--protocol", "plain", "--card", card), "1×1×32×16", "1×1×16×16");
  }

  @Test
  void aScaleThatDoesNotFit() {
    assertRefused(
        run(study.model, "--protocol", "plain", "--bits", 32, "--scale", 14), "reaches", "layer");
    assertRefused(
        run(study.model, "--protocol", "plain", "--bits", 32, "--scale", 16), "2·scale + 2 ≤ bits");
    assertRefused(run(study.model, "--protocol", "plain", "--profile", "best"), "soin2021");
  }

  @Test
  void aPlanThatTheProtocolRefuses() {
    Object[] study2021 = {"--protocol", "3pc", "--profile", "soin2021", "--allow-unsafe-range"};
    String[] refusal = {"protocol 3pc refuses step", "(layer 'mean')", "--protocol 2pc or plain"};
    assertRefused(run(study.model, with(study2021, "--reveal", "hospital")), refusal);
    assertFalse(Files.exists(folder.resolve("never.csv")));
    assertRefused(Result.of(with(new Object[] {"plan", study.model}, study2021)), refusal);
  }

  @Test
  void anOptionWithoutEffect() {
    Object[] secure = {"--protocol", "3pc", "--reveal", "hospital"};
    assertRefused(
        run(study.model, with(secure, "--transport", "tls")),
        "--transport needs --parties processes");
    assertRefused(
        run(study.model, with(secure, "--parties", "local", "--party-heap", "1g")),
        "--party-heap needs --parties processes");
    for (String option : List.of("--bits", "--scale", "--profile")) {
      assertRefused(
          run(study.model, "--engine", "onnxruntime", option, "20"), option, "need --protocol");
    }
    for (Object[] clear : new Object[][] {{"--engine", "onnxruntime"}, {"--protocol", "plain"}}) {
      assertRefused(run(study.model, with(clear, "--mode", "fast")), "--mode needs");
      assertRefused(run(study.model, with(clear, "--reveal", "both")), "--reveal needs");
      assertRefused(run(study.model, with(clear, "--parties", "local")), "--parties needs");
      assertRefused(run(study.model, with(clear, "--transport", "tls")), "--transport needs");
    }
  }

  private static Object[] with(Object[] some, Object... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray();
  }

  @Test
  void anUnknownWord() {
    assertRefused(run(study.model, "--protocol", "4pc"), "4pc", "3pc");
    assertRefused(
        run(study.model, "--engine", "magic"),
        "no engine 'magic'; there are onnxruntime, nd4j, reference");
    assertRefused(run(study.model, "--protocol", "3pc", "--reveal", "all"), "hospital");
    assertRefused(
        run(study.model, "--protocol", "3pc", "--reveal", "both", "--mode", "quick"), "faithful");
    assertRefused(run(study.model, "--protocol", "plain", "--engine", "reference"), "either");
    assertRefused(Result.of("run"), "--model");
    assertRefused(Result.of("walk"), "walk");
  }

  @Test
  void aManifestWithoutItsImages() throws Exception {
    Path csv = folder.resolve("gone.csv");
    Files.writeString(csv, "path\np0.png\ngone.png\n");
    assertRefused(
        Result.of(
            "run",
            "--model",
            study.model,
            "--manifest",
            csv,
            "--protocol",
            "plain",
            "--out",
            folder.resolve("never.csv")),
        "row 3",
        "gone.png");
    assertRefused(
        Result.of(
            "run",
            "--model",
            study.model,
            "--manifest",
            study.manifest,
            "--images",
            41,
            "--protocol",
            "plain",
            "--out",
            folder.resolve("never.csv")),
        "40 images, 41 were asked for");
  }

  @Test
  void tooFewImagesToCalibrate() {
    assertRefused(
        Result.of(
            "calibrate", "--model", study.model, "--manifest", study.manifest, "--images", 31),
        "at least 32");
  }

  @Test
  void anExportThatWouldOverwriteAnother() throws Exception {
    Path plan = folder.resolve("M.plan");
    assertEquals(0, Result.of("plan", study.model, "--export", plan).code);
    assertTrue(Files.exists(folder.resolve("M.public.json")));
    assertFalse(Files.readString(folder.resolve("M.public.json")).contains("ranges"));
    assertEquals(0, Result.of("plan", study.model, "--export", plan).code);
    assertRefused(
        Result.of("plan", study.model, "--export", plan, "--scale", 18), "exists already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run", "party", "plan", "calibrate", "certificates", "doctor", "reproduce"})
  void everyCommandExplainsItselfByExample(String command) {
    Result help = Result.of(command, "--help");
    assertEquals(0, help.code);
    assertTrue(help.out.contains("./blindread " + command), help.out);
  }

  /// The card of a model, uncalibrated.
  private static final class VendorCard {
    static ModelCard withoutRanges(Path model) throws Exception {
      ModelCard card = ModelCard.beside(model).orElseThrow();
      return new ModelCard(
          card.open(),
          new org.blindread.mpc.compile.Ranges(0, java.util.Map.of()),
          card.origin(),
          card.licence());
    }
  }
}

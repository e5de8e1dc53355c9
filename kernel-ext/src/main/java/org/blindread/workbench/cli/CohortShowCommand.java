package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.data.Cohort;
import org.blindread.workbench.ContactSheet;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `cohort show`: some images of each site, on one sheet.
@Command(
    name = "show",
    description = "Says what a cohort is and draws some images of each site on one sheet.",
    mixinStandardHelpOptions = true)
final class CohortShowCommand implements Callable<Integer> {
  @Mixin private CohortOptions cohort = new CohortOptions();

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many images of each site are drawn. Default: 6.")
  private int images = 6;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another one draws other images. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "SHEET.png",
      description = "Where the sheet goes. Default: none is drawn.")
  private Optional<Path> out = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  CohortShowCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (images < 1 || images > 24) {
      throw new WorkbenchException("--images is 1 to 24 of each site, not " + images);
    }
    Cohort read = cohort.read();
    PrintWriter console = spec.commandLine().getOut();
    console.println(read);
    console.println("from " + read.origin());
    read.prevalences().forEach(console::println);
    if (out.isPresent()) {
      ContactSheet.of(read.samplePerSite(images, seed)).write(out.get());
      console.println("sheet: " + out.get());
    }
    console.flush();
    return 0;
  }
}

package org.blindread.jupyter.headless;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.blindread.data.Cohort;
import org.blindread.jupyter.spec.KernelSpec;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Precision;
import org.blindread.workbench.PrivateFolder;
import org.blindread.workbench.Provenance;
import org.blindread.workbench.Sha256;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.ledger.Ledger;
import org.blindread.workbench.validation.Validation;

/// What is to be reproduced: notebook 02 with its parameters.
///
/// @param notebook the file
/// @param cohort a name that [Cohorts] knows
/// @param model the vendor's file; its card lies beside it
/// @param how how images are read securely
/// @param images how many are read securely, over all sites; 0 for ten of each site
/// @param margin largest difference of two AUROCs that does not matter
record Reproduction(Path notebook, String cohort, Path model, How how, int images, Margin margin) {
  /// How images are read securely.
  ///
  /// @param knobs the protocol's knobs that were turned, by name
  record How(Protocol protocol, Mode mode, Map<String, String> knobs) {
    /// @throws IllegalArgumentException if the protocol is none, or has no such knob or value
    How {
      knobs = Collections.unmodifiableMap(new TreeMap<>(knobs));
      if (protocol.parties().isEmpty()) {
        throw new IllegalArgumentException(
            "%s is not secure; a reproduction reads by a protocol with parties, such as 3pc"
                .formatted(protocol.name()));
      }
      Knob.check(protocol, knobs);
    }

    /// By `protocol`, in faithful mode, every knob at its default.
    static How by(Protocol protocol) {
      return new How(protocol, Mode.FAITHFUL, Map.of());
    }

    /// The knobs as `--with` takes them; empty where none was turned.
    String with() {
      return knobs.entrySet().stream()
          .map(knob -> knob.getKey() + "=" + knob.getValue())
          .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
      String mine = mode == Mode.FAITHFUL ? protocol.name() : protocol.name() + " " + mode;
      String text = Knob.text(protocol.knobs(), knobs);
      return text.isEmpty() ? mine : mine + " " + text;
    }
  }

  static final String NOTEBOOK = "02-multi-site-reproduction.ipynb";

  private static final String PAGE = "report.html";

  /// Executes the notebook; what an earlier call has read is not read again.
  ///
  /// @param python the private environment
  /// @param kernel what runs the cells
  /// @param runs where results are kept, each in a folder of its own
  /// @param console told what is made and what was found
  /// @throws InterruptedException if somebody stopped it
  /// @throws IOException if a cell failed, or a file cannot be written
  Validation run(Path python, KernelSpec kernel, Path runs, PrintWriter console) throws Exception {
    VendorModel vendor = VendorModel.load(model.toString(), Optional.empty());
    Cohort films = Cohorts.read(cohort, vendor.card().findings());
    Path folder = PrivateFolder.make(runs.toAbsolutePath().normalize().resolve(key(vendor, films)));
    say(console, "%s reads %s".formatted(vendor.card().open().name(), films));
    say(console, "everything goes to " + folder);
    Path executed = folder.resolve(NOTEBOOK);
    Path page = folder.resolve(PAGE);
    FileChannel lock = locked(folder);
    try (lock) {
      switch (new HeadlessNotebook(python, kernel, notebook, parameters(folder))
          .execute(executed, page)) {
        case INTERRUPTED -> throw new InterruptedException();
        case FAILED ->
            throw new IOException("the reproduction did not end; what it did stands in " + page);
        case WELL -> exhibit(folder, List.of(executed, page));
      }
    }
    Validation study = Validation.read(folder);
    say(console, "\n" + study + "\n");
    say(console, "report:   " + page);
    say(console, "notebook: " + executed);
    say(console, "figures, tables (csv) and " + Ledger.FILE + ": " + folder);
    say(console, "./blindread verify " + folder + " makes all of it again and compares");
    return study;
  }

  private static void say(PrintWriter console, String line) {
    console.println(line);
    console.flush();
  }

  private Map<String, Object> parameters(Path folder) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("run", folder.toString());
    parameters.put("cohort", Cohorts.place(cohort));
    parameters.put("model", model.toAbsolutePath().toString());
    parameters.put("protocol", how.protocol().name());
    parameters.put("mode", how.mode().toString());
    parameters.put("knobs", how.with());
    parameters.put("images", images);
    parameters.put("margin", margin.value());
    parameters.put("rationale", margin.rationale());
    return parameters;
  }

  /// One folder for one program, model, plan, cohort, protocol, mode and knobs.
  private String key(VendorModel vendor, Cohort cohort) throws Exception {
    String all =
        String.join(
            " ",
            Provenance.version(),
            vendor.sha256().get("model"),
            vendor.sha256().get("card"),
            PlanText.hash(Precision.of(64, 20, false).compile(vendor).plan()),
            cohort.sha256(),
            how.toString());
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /// Two calls at once would write the same files.
  private static FileChannel locked(Path folder) throws IOException, WorkbenchException {
    FileChannel file =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (Optional.ofNullable(file.tryLock()).isPresent()) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      // this very process holds it
    }
    file.close();
    throw new WorkbenchException(
        "another reproduce is at work in %s; wait for it, or name other --runs".formatted(folder));
  }

  private static void exhibit(Path folder, List<Path> files) throws Exception {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Path file : files) {
      hashes.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
    }
    try (Ledger ledger = Ledger.existing(folder)) {
      ledger.exhibit(hashes);
    }
  }
}

package org.blindread.workbench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Protocols;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// One party's `STUDY.yml`: the terms all parties share, and this site's own part.
///
/// Relative paths are relative to the file. `SECURITY.md` says what each party may learn; nothing
/// here is secret but the key that `certificates` points at.
///
/// @param run name of the run, the same at all parties
/// @param protocol how
/// @param mode faithful or fast
/// @param reveal who learns the scores
/// @param knobs the protocol's knobs that were turned, by name
/// @param images how many images the run has
/// @param lanes how many are read at once
/// @param plan the exported plan
/// @param transport how the parties reach each other
/// @param connectSeconds how long to wait for the others at the start
/// @param site what this party brings
/// @param report where to write what the run took, if anywhere
public record StudyFile(
    String run,
    Protocol protocol,
    Mode mode,
    Reveal reveal,
    Map<String, String> knobs,
    int images,
    int lanes,
    Path plan,
    Transport transport,
    int connectSeconds,
    Site site,
    Optional<Path> report) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String[] COMMON = {
    "run",
    "protocol",
    "mode",
    "reveal",
    "knobs",
    "images",
    "lanes",
    "plan",
    "transport",
    "folder",
    "parties",
    "certificates",
    "connectSeconds",
    "report"
  };

  /// @throws IllegalArgumentException if the protocol has no such knob or the knob no such value
  public StudyFile {
    knobs = java.util.Collections.unmodifiableMap(new TreeMap<>(knobs));
    Knob.check(protocol, knobs);
  }

  /// How the parties reach each other.
  public sealed interface Transport {
    /// Unix sockets in a folder: all parties on one machine, of one user.
    record SameHost(Path folder) implements Transport {}

    /// TCP with mutual TLS 1.3.
    ///
    /// @param parties where each party listens
    /// @param ca certificate of the study's authority
    /// @param certificate this party's certificate
    /// @param key this party's private key
    record Tls(Map<Party, InetSocketAddress> parties, Path ca, Path certificate, Path key)
        implements Transport {
      public Tls {
        parties = java.util.Collections.unmodifiableMap(new TreeMap<>(parties));
      }
    }
  }

  /// What a party brings, and where it keeps what it gets.
  public sealed interface Site {
    Party party();

    /// Brings nothing, gets nothing.
    record Helping() implements Site {
      @Override
      public Party party() {
        return Party.HELPER;
      }
    }

    /// Brings the model.
    ///
    /// @param model an ONNX file, or `builtin:NAME`
    /// @param card the model's card, if not beside it
    /// @param allowUnsafeRange whether the plan may be one whose values may leave the range
    /// @param result the scores or shares this party gets, if it gets any
    record Vending(
        String model, Optional<Path> card, boolean allowUnsafeRange, Optional<Path> result)
        implements Site {
      @Override
      public Party party() {
        return Party.VENDOR;
      }
    }

    /// Brings the images.
    ///
    /// @param manifest a csv, `embedded` for the synthetic cohort, or `seeded:NUMBER` for the
    ///   images of a benchmark
    /// @param card the public card that came with the plan
    /// @param result the scores or shares this party gets, if it gets any
    record Imaging(String manifest, Path card, Optional<Path> result) implements Site {
      @Override
      public Party party() {
        return Party.HOSPITAL;
      }
    }
  }

  /// Reads a party's file.
  ///
  /// @param role whose file it is
  /// @throws WorkbenchException naming the key that is unknown, missing or wrong
  public static StudyFile read(Path file, Party role) throws WorkbenchException {
    try {
      if (YAML.readTree(Files.readString(file)) instanceof ObjectNode object) {
        return parse(file.toAbsolutePath(), role, new JsonFields(file.toString(), object));
      }
      throw new WorkbenchException(file + " must hold keys and values, such as 'run: pilot-1'");
    } catch (JacksonException e) {
      throw new WorkbenchException(file + ": " + JsonFields.reason(e), e);
    } catch (IOException e) {
      throw new WorkbenchException("cannot read " + file + ": no such file, or not utf-8 text", e);
    }
  }

  private static StudyFile parse(Path file, Party role, JsonFields fields)
      throws WorkbenchException {
    List<String> known = new ArrayList<>(List.of(COMMON));
    known.addAll(
        role.equals(Party.HOSPITAL)
            ? List.of("manifest", "card", "out", "shares")
            : role.equals(Party.VENDOR)
                ? List.of("model", "card", "allowUnsafeRange", "out", "shares")
                : List.of());
    fields.allow(known.toArray(String[]::new));
    String run = fields.text("run");
    if (!run.matches("[A-Za-z0-9-]{1,64}")) {
      throw new WorkbenchException(
          file + ": run must be 1 to 64 letters, digits and hyphens, not '" + run + "'");
    }
    String name = fields.text("protocol");
    Protocol protocol = fields.make(() -> Protocols.of(name));
    if (!protocol.parties().contains(role)) {
      throw new WorkbenchException(
          "%s: protocol %s has no party '%s', only %s"
              .formatted(file, name, role, protocol.parties()));
    }
    String modeText = fields.has("mode") ? fields.text("mode") : "faithful";
    Mode mode = fields.make(() -> Mode.parse(modeText));
    String revealText = fields.text("reveal");
    Reveal reveal = fields.make(() -> Reveal.parse(revealText));
    Map<String, String> knobs = fields.has("knobs") ? knobs(fields, protocol) : Map.of();
    int images = positive(file, fields, "images", 10_000_000);
    int lanes = fields.has("lanes") ? positive(file, fields, "lanes", 256) : 1;
    Path plan = path(file, fields, "plan");
    Transport transport = transport(file, fields, protocol);
    int wait = fields.has("connectSeconds") ? positive(file, fields, "connectSeconds", 86_400) : 60;
    Site site = site(file, role, reveal, fields);
    Optional<Path> report =
        fields.has("report") ? Optional.of(path(file, fields, "report")) : Optional.empty();
    fields.finish();
    return new StudyFile(
        run, protocol, mode, reveal, knobs, images, lanes, plan, transport, wait, site, report);
  }

  private static Map<String, String> knobs(JsonFields fields, Protocol protocol)
      throws WorkbenchException {
    JsonFields knobs = fields.object("knobs");
    Map<String, String> chosen = knobs.texts();
    return knobs.make(
        () -> {
          Knob.check(protocol, chosen);
          return chosen;
        });
  }

  /// The party's result, or what stands for it beside the plan where it gets none: what it logs and
  /// remembers of the run is named after that.
  Path place() {
    return result().orElse(plan.resolveSibling(site.party() + "-" + run));
  }

  /// Where the scores or shares go that this party gets, if it gets any.
  Optional<Path> result() {
    return switch (site) {
      case Site.Helping _ -> Optional.empty();
      case Site.Vending vendor -> vendor.result();
      case Site.Imaging hospital -> hospital.result();
    };
  }

  /// The same study with knobs turned, in place of what the file says of them.
  ///
  /// @throws IllegalArgumentException if the protocol has no such knob or the knob no such value
  public StudyFile with(Map<String, String> turned) {
    Map<String, String> all = new TreeMap<>(knobs);
    all.putAll(turned);
    return new StudyFile(
        run,
        protocol,
        mode,
        reveal,
        all,
        images,
        lanes,
        plan,
        transport,
        connectSeconds,
        site,
        report);
  }

  private static Site site(Path file, Party role, Reveal reveal, JsonFields fields)
      throws WorkbenchException {
    if (role.equals(Party.VENDOR)) {
      String model = fields.text("model");
      return new Site.Vending(
          model.startsWith(VendorModel.BUILTIN) ? model : path(file, fields, "model").toString(),
          fields.has("card") ? Optional.of(path(file, fields, "card")) : Optional.empty(),
          fields.has("allowUnsafeRange") && fields.flag("allowUnsafeRange"),
          result(file, role, reveal, fields));
    }
    if (role.equals(Party.HOSPITAL)) {
      String manifest = fields.text("manifest");
      return new Site.Imaging(
          manifest.startsWith(Worklist.SEEDED) || manifest.equals(Cohorts.EMBEDDED)
              ? manifest
              : path(file, fields, "manifest").toString(),
          path(file, fields, "card"),
          result(file, role, reveal, fields));
    }
    return new Site.Helping();
  }

  /// Where a party's result goes: key `out` for scores, `shares` for shares.
  private static Optional<Path> result(Path file, Party role, Reveal reveal, JsonFields fields)
      throws WorkbenchException {
    if (reveal == Reveal.NONE) {
      return Optional.of(path(file, fields, "shares"));
    }
    return reveal.to(role) ? Optional.of(path(file, fields, "out")) : Optional.empty();
  }

  private static Transport transport(Path file, JsonFields fields, Protocol protocol)
      throws WorkbenchException {
    return switch (fields.choice("transport", "tls", "samehost")) {
      case "samehost" -> new Transport.SameHost(path(file, fields, "folder"));
      default -> {
        JsonFields parties = fields.object("parties");
        parties.allow(protocol.parties().stream().map(Party::name).toArray(String[]::new));
        Map<Party, InetSocketAddress> addresses = new LinkedHashMap<>();
        for (Party party : protocol.parties()) {
          addresses.put(party, address(file, party, parties.text(party.name())));
        }
        JsonFields certificates = fields.object("certificates");
        certificates.allow("ca", "certificate", "key");
        yield new Transport.Tls(
            addresses,
            path(file, certificates, "ca"),
            path(file, certificates, "certificate"),
            path(file, certificates, "key"));
      }
    };
  }

  private static InetSocketAddress address(Path file, Party party, String text)
      throws WorkbenchException {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port > 0 && port < 65_536) {
        return InetSocketAddress.createUnresolved(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new WorkbenchException(
        "%s: parties.%s must be host:port, such as vendor.example.org:7000, not '%s'"
            .formatted(file, party, text));
  }

  private static int positive(Path file, JsonFields fields, String key, int most)
      throws WorkbenchException {
    int value = fields.whole(key);
    if (value < 1 || value > most) {
      throw new WorkbenchException(
          "%s: %s must be 1 … %d, not %d".formatted(file, key, most, value));
    }
    return value;
  }

  private static Path path(Path file, JsonFields fields, String key) throws WorkbenchException {
    String text = fields.text(key);
    try {
      return file.resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw new WorkbenchException("%s: %s is no path: '%s'".formatted(file, key, text), e);
    }
  }

  /// The file's text. Paths are written as they are.
  public String toYaml() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("run", run);
    keys.put("protocol", protocol.name());
    keys.put("mode", mode.toString());
    keys.put("reveal", reveal.toString());
    if (!knobs.isEmpty()) {
      keys.put("knobs", knobs);
    }
    keys.put("images", images);
    keys.put("lanes", lanes);
    keys.put("plan", plan.toString());
    switch (transport) {
      case Transport.SameHost sameHost -> {
        keys.put("transport", "samehost");
        keys.put("folder", sameHost.folder().toString());
      }
      case Transport.Tls tls -> {
        keys.put("transport", "tls");
        Map<String, String> addresses = new LinkedHashMap<>();
        tls.parties()
            .forEach(
                (party, address) ->
                    addresses.put(party.name(), address.getHostString() + ":" + address.getPort()));
        keys.put("parties", addresses);
        Map<String, String> certificates = new LinkedHashMap<>();
        certificates.put("ca", tls.ca().toString());
        certificates.put("certificate", tls.certificate().toString());
        certificates.put("key", tls.key().toString());
        keys.put("certificates", certificates);
      }
    }
    keys.put("connectSeconds", connectSeconds);
    String result = reveal == Reveal.NONE ? "shares" : "out";
    switch (site) {
      case Site.Helping _ -> {}
      case Site.Vending vendor -> {
        keys.put("model", vendor.model());
        vendor.card().ifPresent(card -> keys.put("card", card.toString()));
        keys.put("allowUnsafeRange", vendor.allowUnsafeRange());
        vendor.result().ifPresent(path -> keys.put(result, path.toString()));
      }
      case Site.Imaging hospital -> {
        keys.put("manifest", hospital.manifest());
        keys.put("card", hospital.card().toString());
        hospital.result().ifPresent(path -> keys.put(result, path.toString()));
      }
    }
    report.ifPresent(path -> keys.put("report", path.toString()));
    return YAML.writeValueAsString(keys);
  }
}

package org.blindread.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Protocols;
import org.blindread.workbench.cli.TinyStudy;

/// What helper, vendor and hospital of the tiny study each hold: a folder, a `STUDY.yml`, a way to
/// the others.
final class ThreeSites {
  static final List<Party> ALL = List.of(Party.HELPER, Party.VENDOR, Party.HOSPITAL);

  private final Path folder;
  private final TinyStudy tiny;

  /// @param folder holds `M.plan` and `M.public.json`
  ThreeSites(Path folder, TinyStudy tiny) {
    this.folder = folder;
    this.tiny = tiny;
  }

  StudyFile study(Path place, Party party, Reveal reveal, StudyFile.Transport transport, int images)
      throws Exception {
    return study(place, party, reveal, transport, images, tiny.manifest);
  }

  /// A study of one party; out, shares and report lie in the party's own folder.
  StudyFile study(
      Path place,
      Party party,
      Reveal reveal,
      StudyFile.Transport transport,
      int images,
      Path manifest)
      throws Exception {
    Path own = Files.createDirectories(place.resolve(party.name()));
    Optional<Path> result =
        reveal == Reveal.NONE || reveal.to(party)
            ? Optional.of(own.resolve("result"))
            : Optional.empty();
    StudyFile.Site site = new StudyFile.Site.Helping();
    if (party.equals(Party.VENDOR)) {
      site = new StudyFile.Site.Vending(tiny.model.toString(), Optional.empty(), false, result);
    } else if (party.equals(Party.HOSPITAL)) {
      site =
          new StudyFile.Site.Imaging(manifest.toString(), folder.resolve("M.public.json"), result);
    }
    return new StudyFile(
        "test-" + Integer.toHexString(place.hashCode()),
        Protocols.of("3pc"),
        Mode.FAITHFUL,
        reveal,
        Map.of(),
        images,
        1,
        folder.resolve("M.plan"),
        transport,
        60,
        site,
        Optional.of(own.resolve("report.json")));
  }

  static Map<Party, StudyFile.Transport> transports(boolean tls, Path place) throws Exception {
    for (Party party : ALL) {
      Files.createDirectories(place.resolve(party.name()));
    }
    if (tls) {
      return OccasionalTls.of(place, ALL);
    }
    Path sockets = Files.createTempDirectory("br-");
    Map<Party, StudyFile.Transport> transports = new HashMap<>();
    ALL.forEach(party -> transports.put(party, new StudyFile.Transport.SameHost(sockets)));
    return transports;
  }

  static StudyFile with(StudyFile study, Path plan) {
    return with(study, plan, study.site());
  }

  static StudyFile with(StudyFile study, Path plan, StudyFile.Site site) {
    return new StudyFile(
        study.run(),
        study.protocol(),
        study.mode(),
        study.reveal(),
        study.knobs(),
        study.images(),
        study.lanes(),
        plan,
        study.transport(),
        study.connectSeconds(),
        site,
        study.report());
  }

  /// The same study by another protocol.
  static StudyFile by(Protocol protocol, StudyFile study) {
    return new StudyFile(
        study.run(),
        protocol,
        study.mode(),
        study.reveal(),
        study.knobs(),
        study.images(),
        study.lanes(),
        study.plan(),
        study.transport(),
        study.connectSeconds(),
        study.site(),
        study.report());
  }

  /// The same study over other transport, waiting so long for the others.
  static StudyFile over(StudyFile study, StudyFile.Transport transport, int connectSeconds) {
    return new StudyFile(
        study.run(),
        study.protocol(),
        study.mode(),
        study.reveal(),
        study.knobs(),
        study.images(),
        study.lanes(),
        study.plan(),
        transport,
        connectSeconds,
        study.site(),
        study.report());
  }
}

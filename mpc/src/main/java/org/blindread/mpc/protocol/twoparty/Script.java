package org.blindread.mpc.protocol.twoparty;

import java.util.Map;
import java.util.TreeMap;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.ot.OtCost;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.plan.Cost;

/// What vendor and hospital will say, in order: every part of the protocol writes its messages here
/// as it would send them, and the costs of steps are read off.
///
/// Rounds are what a step adds to the longest chain of messages: Lamport's clocks of both parties,
/// as [org.blindread.mpc.net.Lane] counts them. COTs come from a stock that is empty when an image
/// begins and is refilled by whole batches of the extension, without a round.
final class Script {
  private static final String DOWN = Party.VENDOR.to(Party.HOSPITAL);
  private static final String UP = Party.HOSPITAL.to(Party.VENDOR);

  private final OtExtension extension;
  private int vendorDepth;
  private int hospitalDepth;
  private int vendorStock;
  private int hospitalStock;
  private int depthBefore;
  private long down;
  private long up;

  Script(OtExtension extension) {
    this.extension = extension;
  }

  /// Both parties send at the same time; a message of 0 bytes is none.
  ///
  /// @param fromVendor bytes vendor to hospital
  /// @param fromHospital bytes hospital to vendor
  void exchange(long fromVendor, long fromHospital) {
    int vendorSends = vendorDepth + 1;
    int hospitalSends = hospitalDepth + 1;
    if (fromVendor > 0) {
      hospitalDepth = Math.max(hospitalDepth, vendorSends);
      down += fromVendor;
    }
    if (fromHospital > 0) {
      vendorDepth = Math.max(vendorDepth, hospitalSends);
      up += fromHospital;
    }
  }

  /// COTs are made until the stock holds the demand, as [Dialogue#prepare] does.
  void prepare(Demand demand) {
    vendorStock += refill(demand.vendorSends() - vendorStock, true);
    hospitalStock += refill(demand.hospitalSends() - hospitalStock, false);
    vendorStock -= demand.vendorSends();
    hospitalStock -= demand.hospitalSends();
  }

  private int refill(int lacking, boolean vendorSends) {
    if (lacking <= 0) {
      return 0;
    }
    int batch = extension.batch(lacking);
    OtCost cost = extension.cost(batch);
    down += vendorSends ? cost.fromSender() : cost.fromReceiver();
    up += vendorSends ? cost.fromReceiver() : cost.fromSender();
    return batch;
  }

  /// Ends a step.
  ///
  /// @return what it cost
  Cost endStep() {
    Map<String, Long> bytes = new TreeMap<>();
    if (down > 0) {
      bytes.put(DOWN, down);
    }
    if (up > 0) {
      bytes.put(UP, up);
    }
    int depth = Math.max(vendorDepth, hospitalDepth);
    Cost cost = new Cost(depth - depthBefore, bytes);
    depthBefore = depth;
    down = 0;
    up = 0;
    return cost;
  }
}

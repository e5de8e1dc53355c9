package org.blindread.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Draws images such that sites and labels keep their shares; [Cohort#samplePerSite] tells how.
///
/// All counting is in whole numbers: needs are multiplied by the size of the site.
final class StratifiedSample {
  private StratifiedSample() {}

  static List<Study> perSite(List<Study> studies, int images, long seed) {
    if (images < 0) {
      throw new IllegalArgumentException("a sample has 0 or more images a site, not " + images);
    }
    Set<String> drawn = new HashSet<>();
    for (List<Study> site : bySite(studies)) {
      draw(site, Math.min(images, site.size()), seed).forEach(study -> drawn.add(study.image()));
    }
    return studies.stream().filter(study -> drawn.contains(study.image())).toList();
  }

  static List<Study> ofTotal(List<Study> studies, int images, long seed) {
    if (images < 0 || images > studies.size()) {
      throw new IllegalArgumentException(
          "a sample of %d images from %d".formatted(images, studies.size()));
    }
    List<List<Study>> sites = bySite(studies);
    int[] shares = shares(sites.stream().mapToInt(List::size).toArray(), images);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < shares.length; i++) {
      draw(sites.get(i), shares[i], seed).forEach(study -> drawn.add(study.image()));
    }
    return studies.stream().filter(study -> drawn.contains(study.image())).toList();
  }

  private static List<List<Study>> bySite(List<Study> studies) {
    Map<String, List<Study>> sites = new LinkedHashMap<>();
    for (Study study : studies) {
      sites.computeIfAbsent(study.site().orElse(""), _ -> new ArrayList<>()).add(study);
    }
    return List.copyOf(sites.values());
  }

  /// Shares in proportion to sizes, each at least one if there is enough for all.
  static int[] shares(int[] sizes, int total) {
    long all = IntStream.of(sizes).asLongStream().sum();
    int[] shares = new int[sizes.length];
    int left = total;
    for (int i = 0; i < sizes.length; i++) {
      shares[i] = Math.toIntExact((long) total * sizes[i] / all);
      if (shares[i] == 0 && total >= sizes.length) {
        shares[i] = 1;
      }
      left -= shares[i];
    }
    // What is left goes to the largest remainders; what is too much is taken from the largest
    // share.
    List<Integer> byRemainder =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> shares[i] * all - (long) total * sizes[i]))
            .toList();
    for (int k = 0; left > 0; k = (k + 1) % sizes.length) {
      int site = byRemainder.get(k);
      if (shares[site] < sizes[site]) {
        shares[site]++;
        left--;
      }
    }
    for (; left < 0; left++) {
      int largest =
          IntStream.range(0, sizes.length).reduce(0, (a, b) -> shares[b] > shares[a] ? b : a);
      shares[largest]--;
    }
    return shares;
  }

  /// Some images of one site.
  private static List<Study> draw(List<Study> site, int images, long seed) {
    Map<String, Deque<Study>> patterns = new TreeMap<>();
    for (Study study : SeededOrder.of(site, seed, Study::image)) {
      patterns.computeIfAbsent(study.labels().said(), _ -> new ArrayDeque<>()).add(study);
    }
    return take(patterns, images, site.size());
  }

  private static List<Study> take(Map<String, Deque<Study>> patterns, int images, int siteSize) {
    long[][] needs = needs(patterns, images);
    List<Study> drawn = new ArrayList<>();
    while (drawn.size() < images) {
      String most = "";
      long largest = Long.MIN_VALUE;
      for (String pattern : patterns.keySet()) {
        long need = need(needs, pattern);
        if (need > largest) {
          most = pattern;
          largest = need;
        }
      }
      Deque<Study> queue = patterns.getOrDefault(most, new ArrayDeque<>());
      drawn.add(queue.remove());
      if (queue.isEmpty()) {
        patterns.remove(most);
      }
      for (int f = 0; f < most.length(); f++) {
        needs[f][most.charAt(f)] -= siteSize;
      }
    }
    return drawn;
  }

  /// By finding and label: the sample's size times the site's count.
  private static long[][] needs(Map<String, Deque<Study>> patterns, int images) {
    int findings = patterns.keySet().stream().mapToInt(String::length).max().orElse(0);
    long[][] needs = new long[findings][128];
    patterns.forEach(
        (pattern, queue) -> {
          for (int f = 0; f < pattern.length(); f++) {
            needs[f][pattern.charAt(f)] += (long) images * queue.size();
          }
        });
    return needs;
  }

  private static long need(long[][] needs, String pattern) {
    long sum = 0;
    for (int f = 0; f < pattern.length(); f++) {
      sum += needs[f][pattern.charAt(f)];
    }
    return sum;
  }
}

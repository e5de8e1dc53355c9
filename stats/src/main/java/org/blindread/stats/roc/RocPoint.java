package org.blindread.stats.roc;

import java.util.OptionalDouble;

/// A point of an empirical ROC curve: what is counted when every score of a threshold or more calls
/// a case positive.
///
/// @param threshold a score of the sample; empty for the first point, which calls no case positive
/// @param truePositives positive cases called positive
/// @param falsePositives negative cases called positive
public record RocPoint(OptionalDouble threshold, int truePositives, int falsePositives) {}

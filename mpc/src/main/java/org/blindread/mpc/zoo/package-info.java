/// Networks built in code, with no file: what benchmarks, tests and the first run use.
///
/// Read [org.blindread.mpc.zoo.BenchmarkNetworks], then `Architectures` (what is drawn), `Sketch`
/// (the pencil), `BatchStatistics` (BatchNorm means and variances) and `SeededNumbers`.
///
/// ```java
/// Graph graph = BenchmarkNetworks.of("densenet121@224");
/// RealTensor image = BenchmarkNetworks.input("densenet121@224", 1);
/// Reference.evaluate(graph, Map.of("image", image)); // classifier: 1×14
/// ```
///
/// Depends on `graph` and `tensor`.
@NullMarked
package org.blindread.mpc.zoo;

import org.jspecify.annotations.NullMarked;

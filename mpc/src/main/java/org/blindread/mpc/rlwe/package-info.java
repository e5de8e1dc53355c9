/// Linear layers under homomorphic encryption: the hospital sends its input encrypted, the vendor
/// multiplies by its weights and replies so that nothing about them leaks.
///
/// Read [org.blindread.mpc.rlwe.HomomorphicConvolution], the protocol step by step;
/// [org.blindread.mpc.rlwe.ParameterSet] and [org.blindread.mpc.rlwe.NoiseBound], what is secure
/// and what is right; then `Packing` (where inputs, weights and outputs lie in polynomials),
/// `Reply` (what hides the weights), `SecretKey` and `MessageEncoding`; `Products`, `WeightPanels`
/// and `Crew`, where the time goes. [org.blindread.mpc.rlwe.TilingSearch] cuts a layer into
/// polynomials at the least cost.
///
/// ```java
/// var parameters = Parameters.choose(FixedPoint.of(37, 12), outputsOfCohort, Flooding.DEFAULT);
/// var layer = new Layer(List.of(56, 56), 64, 64, Window.square(3, 1, 1), 1);
/// var step =
///     HomomorphicConvolution.of(parameters, layer, TilingSearch.cheapest(parameters, layer, 0.8));
/// byte[] request = step.request(key, x, hospitalRandomness);
/// Answer answer = step.answer(weights, publicKey, request, vendorRandomness);
/// long[] y = step.finish(key, answer.message()); // y + answer.share() = W·x mod 2^37
/// ```
///
/// Functions from messages to messages; nothing here touches a network. Depends on `crypto`, `net`
/// (its exception) and `tensor`.
@NullMarked
package org.blindread.mpc.rlwe;

import org.jspecify.annotations.NullMarked;

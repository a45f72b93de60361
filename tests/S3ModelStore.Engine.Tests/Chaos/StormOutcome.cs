using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>What became of the save in a storm; the one under a clear sky has always succeeded.</summary>
/// <param name="Fault">The fault that led.</param>
/// <param name="Errors">What was told; empty when every byte was right.</param>
/// <param name="Took">How long the save took, on the storm's fast clock.</param>
/// <param name="ExtraBytes">Bytes of bodies sent in both saves beyond the model's size.</param>
internal sealed record StormOutcome(ChaosFault Fault, IReadOnlyList<ModelStoreErrorCode> Errors, TimeSpan Took, long ExtraBytes);

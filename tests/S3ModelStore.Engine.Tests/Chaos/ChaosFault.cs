using S3ModelStore.Engine.Errors;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>One thing that goes wrong, and the errors that are a right answer to it. None listed: it has to be survived.</summary>
internal sealed record ChaosFault(string Name, Action<Storm> Begin, params ModelStoreErrorCode[] Errors)
{
    /// <summary>Checksums have to be asked for: nothing else tells that bytes are wrong, or the question is what fails.</summary>
    public bool NeedsProof { get; init; }
}

namespace S3ModelStore.Engine.Verification;

/// <summary>What an answer tells about the bytes of an object.</summary>
/// <param name="ETagMayBeMd5"><see langword="false"/> when the object is encrypted in a way that makes its ETag something else.</param>
/// <param name="Checksums">What the store keeps with it; often nothing.</param>
internal sealed record ObjectEvidence(bool ETagMayBeMd5, IReadOnlyList<ServerChecksum> Checksums)
{
    /// <summary>The store said nothing.</summary>
    public static ObjectEvidence None { get; } = new(ETagMayBeMd5: true, []);
}

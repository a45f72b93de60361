namespace S3ModelStore.Engine.Verification;

/// <summary>What an answer tells about the bytes of an object.</summary>
/// <param name="ETagMayBeMd5"><see langword="false"/> when the object is encrypted in a way that makes its ETag something else.</param>
/// <param name="Checksums">What the store keeps with it, in the order of <see cref="ServerChecksum.Algorithms"/>; often nothing.</param>
/// <param name="FirstPartSize">Bytes of the first part it was uploaded in, if the store says so in a way that can be trusted.</param>
internal sealed record ObjectEvidence(bool ETagMayBeMd5, IReadOnlyList<ServerChecksum> Checksums, long? FirstPartSize = null)
{
    /// <summary>The store said nothing.</summary>
    public static ObjectEvidence None { get; } = new(ETagMayBeMd5: true, []);
}

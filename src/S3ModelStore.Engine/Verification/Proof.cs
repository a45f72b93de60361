using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Verification.Composite;

namespace S3ModelStore.Engine.Verification;

/// <summary>The evidence a file will be held against.</summary>
/// <param name="Level">Its strength.</param>
/// <param name="Algorithm">What is computed over the bytes; empty when only the size counts.</param>
/// <param name="Expected">What it must be, in the algorithm's own notation; see <see cref="RunningDigest"/>.</param>
/// <param name="Composite">The value over parts that it must have, instead of one over all bytes.</param>
internal sealed record Proof(VerificationLevel Level, string Algorithm, string? Expected, CompositeExpectation? Composite = null)
{
    /// <summary>The CRC that every part has, so that it costs nothing to combine it over the file.</summary>
    public const string PartAlgorithm = "CRC64NVME";

    private static readonly Proof SizeOnly = new(VerificationLevel.Size, string.Empty, Expected: null);

    /// <summary>The parts' own CRCs prove it; nothing is read in order.</summary>
    public bool IsFromParts => Algorithm == PartAlgorithm;

    /// <summary>The bytes have to be digested in their order.</summary>
    public bool NeedsDigest => Expected is not null && !IsFromParts;

    /// <summary>The strongest evidence there is for an object, within what is worth its effort.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="etag">Without quotes. 32 hexadecimal digits are the MD5 of a single-part object, unless its encryption says otherwise.</param>
    /// <param name="sha256">What the caller gave, lower case.</param>
    /// <param name="strongest">The cap.</param>
    /// <param name="evidence">What the store told; <see cref="ObjectEvidence.None"/> as long as it was not asked.</param>
    public static Proof Choose(long size, string etag, string? sha256, VerificationLevel strongest, ObjectEvidence evidence)
    {
        if (sha256 is not null && strongest >= VerificationLevel.Sha256)
            return new Proof(VerificationLevel.Sha256, "SHA256", sha256);
        if (strongest >= VerificationLevel.FullObject && FullObject(evidence) is { } proof)
            return proof;
        if (strongest >= VerificationLevel.Composite && CompositeExpectation.Find(etag, size, evidence) is { } composite)
            return new Proof(VerificationLevel.Composite, composite.Algorithm, Expected: null, composite);
        if (strongest >= VerificationLevel.ETagMd5 && evidence.ETagMayBeMd5 && etag.Length == 32 && etag.All(char.IsAsciiHexDigit))
            return new Proof(VerificationLevel.ETagMd5, "MD5", etag.ToLowerInvariant());
        return SizeOnly;
    }

    /// <summary>Whether asking the store can give a stronger proof than this one.</summary>
    public bool MayImprove(VerificationLevel strongest) => Level < VerificationLevel.FullObject && strongest >= VerificationLevel.Composite;

    public string Name(string value) => $"{Algorithm}:{value}";

    private static Proof? FullObject(ObjectEvidence evidence)
    {
        // In the order of their algorithms, the cheapest first.
        foreach (var checksum in evidence.Checksums)
        {
            if (checksum.Parts == 0 && InOurNotation(checksum) is { } expected)
                return new Proof(VerificationLevel.FullObject, checksum.Algorithm, expected);
        }

        return null;
    }

    // S3 tells hashes in base64 too; people and their tools compare them in hexadecimal.
    private static string? InOurNotation(ServerChecksum checksum)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (!Convert.TryFromBase64String(checksum.Value, bytes, out var length) || length != LengthOf(checksum.Algorithm))
            return null;
        return checksum.Algorithm.StartsWith("SHA", StringComparison.Ordinal)
            ? Convert.ToHexString(bytes[..length]).ToLowerInvariant()
            : Convert.ToBase64String(bytes[..length]);
    }

    private static int LengthOf(string algorithm) => algorithm switch
    {
        "CRC64NVME" => 8,
        "CRC32C" or "CRC32" => 4,
        "SHA256" => 32,
        _ => 20,
    };
}

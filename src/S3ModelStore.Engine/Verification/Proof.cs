using System.Security.Cryptography;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Verification;

/// <summary>The evidence a file will be held against.</summary>
/// <param name="Level">Its strength.</param>
/// <param name="Algorithm">What to compute over the bytes in order; default when only the size counts.</param>
/// <param name="Expected">What it must be, lower-case hexadecimal.</param>
internal sealed record Proof(VerificationLevel Level, HashAlgorithmName Algorithm, string? Expected)
{
    private static readonly Proof SizeOnly = new(VerificationLevel.Size, default, Expected: null);

    public bool NeedsHash => Expected is not null;

    /// <summary>The strongest evidence there is for an object, within what is worth its effort.</summary>
    /// <param name="etag">Without quotes. 32 hexadecimal digits are the MD5 of a single-part object, unless its encryption says otherwise.</param>
    /// <param name="sha256">What the caller gave, lower case.</param>
    /// <param name="strongest">The cap.</param>
    public static Proof Choose(string etag, string? sha256, VerificationLevel strongest)
    {
        if (sha256 is not null && strongest >= VerificationLevel.Sha256)
            return new Proof(VerificationLevel.Sha256, HashAlgorithmName.SHA256, sha256);
        if (strongest >= VerificationLevel.ETagMd5 && etag.Length == 32 && etag.All(char.IsAsciiHexDigit))
            return new Proof(VerificationLevel.ETagMd5, HashAlgorithmName.MD5, etag.ToLowerInvariant());
        return SizeOnly;
    }

    /// <summary>What is left when the ETag turns out to be no MD5.</summary>
    public Proof WithoutETag() => Level == VerificationLevel.ETagMd5 ? SizeOnly : this;

    public string Name(string value) => $"{Algorithm.Name}:{value}";
}

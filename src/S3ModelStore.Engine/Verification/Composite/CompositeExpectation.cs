using S3ModelStore.Engine.Planning;

namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>A value over the digests of an object's parts, and how the object may have been cut into them.</summary>
/// <param name="Algorithm">Of the parts' digests; see <see cref="RunningDigest"/>.</param>
/// <param name="Expected">The value, with its <c>-N</c>.</param>
/// <param name="Layouts">Likeliest first; at least one.</param>
/// <param name="IsLayoutKnown">The store told the layout: a mismatch means wrong bytes, not a wrong guess.</param>
internal sealed record CompositeExpectation(string Algorithm, string Expected, IReadOnlyList<PartLayout> Layouts, bool IsLayoutKnown)
{
    // Every further guess reads the whole file again.
    private const int MostGuesses = 4;

    // Cheapest first: they say the same about the parts.
    private static readonly (string Name, CompositeAlgorithm Algorithm)[] Algorithms =
    [
        ("CRC32C", CompositeAlgorithm.Crc32C),
        ("CRC32", CompositeAlgorithm.Crc32),
        ("SHA256", CompositeAlgorithm.Sha256),
        ("SHA1", CompositeAlgorithm.Sha1),
    ];

    /// <summary>How many parts the value is over.</summary>
    public int PartCount => (int)Layouts[0].Count;

    /// <summary>What there is for an object; <see langword="null"/> when nothing is over parts, or no equal parts give so many.</summary>
    public static CompositeExpectation? Find(string etag, long size, ObjectEvidence evidence)
    {
        foreach (var (name, algorithm) in Algorithms)
        {
            if (evidence.Checksums.FirstOrDefault(checksum => checksum.Algorithm == name && checksum.Parts > 0) is { } found
                && CompositeChecksum.TryParse(algorithm, $"{found.Value}-{found.Parts}") is { } checksum)
                return Create(name, checksum.ToString(), checksum.PartCount, size, evidence);
        }

        return evidence.ETagMayBeMd5 && MultipartETag.TryParse(etag) is { } multipart
            ? Create("MD5", multipart.ToString(), multipart.PartCount, size, evidence)
            : null;
    }

    /// <summary>The value that these raw part digests make.</summary>
    public string Compose(ReadOnlySpan<byte> digests)
        => Algorithm == "MD5"
            ? MultipartETag.Of(digests).ToString()
            : CompositeChecksum.Of(Array.Find(Algorithms, known => known.Name == Algorithm).Algorithm, digests).ToString();

    private static CompositeExpectation? Create(string algorithm, string expected, int parts, long size, ObjectEvidence evidence)
    {
        if (evidence.FirstPartSize is { } told && told > 0 && new PartLayout(size, told) is var layout && layout.Count == parts)
            return new CompositeExpectation(algorithm, expected, [layout], IsLayoutKnown: true);
        var guesses = MultipartLayouts.Guess(size, parts, MostGuesses);
        // Stores are not all faithful to the rule, and a guess is a guess: only the store's own word makes a mismatch mean wrong bytes.
        return guesses.Count == 0 ? null : new CompositeExpectation(algorithm, expected, guesses, IsLayoutKnown: false);
    }
}

using S3ModelStore.Engine.Planning;

namespace S3ModelStore.Engine.Verification.Composite;

/// <summary>
/// Guesses how an uploader cut an object. A value over parts tells their number and not their size, and most stores do not tell
/// it either; but there are few uploaders, and for a wrong guess the value does not match.
/// </summary>
internal static class MultipartLayouts
{
    /// <summary>Guesses beyond these are not worth hashing the object once more for.</summary>
    public const int MostGuesses = 16;

    private const long MiB = 1024 * 1024;

    // Roundest first: what somebody would set by hand.
    private static readonly long[] Steps =
    [
        1024 * MiB, 512 * MiB, 256 * MiB, 128 * MiB, 100 * MiB, 64 * MiB, 50 * MiB, 32 * MiB, 16 * MiB, 10 * MiB, 8 * MiB, 5 * MiB,
        100_000_000, 50_000_000, 10_000_000, 5_000_000, 1_000_000, 1024 * 1024 / 4, 4096,
    ];

    /// <summary>Layouts of equal parts (but the last) that give exactly so many, likeliest first and none twice.</summary>
    /// <param name="size">Bytes of the object. An empty one has no layout and needs none: every byte of it is proved by its size.</param>
    /// <param name="partCount">From a <see cref="MultipartETag"/> or a <see cref="CompositeChecksum"/>.</param>
    /// <param name="most">Number of guesses.</param>
    /// <returns>Nothing, if no equal parts can give so many.</returns>
    public static IReadOnlyList<PartLayout> Guess(long size, int partCount, int most = MostGuesses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partCount);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        if (size == 0)
            return [];
        // One part is the whole object, however large it could have been.
        return partCount == 1
            ? [.. new[] { new PartLayout(size, size) }.Take(most)]
            : [.. Sizes(size, partCount).Distinct().Select(partSize => new PartLayout(size, partSize)).Where(layout => layout.Count == partCount).Take(most)];
    }

    private static IEnumerable<long> Sizes(long size, int partCount)
    {
        foreach (var partSize in UploaderPartSizes.Fixed)
            yield return partSize;
        foreach (var partSize in UploaderPartSizes.ForMany(size))
        {
            // Zero only for objects that are smaller than any multipart upload.
            if (partSize > 0)
                yield return partSize;
        }

        // Cut into a number of parts somebody asked for, to the MiB or to the byte. Nothing smaller gives so few parts.
        var smallest = UploaderPartSizes.CeilingOf(size, partCount);
        yield return UploaderPartSizes.RoundedUp(smallest, MiB);
        yield return smallest;
        foreach (var step in Steps)
            yield return UploaderPartSizes.RoundedUp(smallest, step);
    }
}

using CsCheck;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Verification.Composite;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification;

public sealed class MultipartLayoutsTests
{
    private const long MiB = 1024 * 1024;
    private const long GiB = 1024 * MiB;
    private const long TiB = 1024 * GiB;

    // Sizes of small and of the largest objects alike.
    private static readonly Gen<long> Sizes = Gen.Select(Gen.Int[0, 45], Gen.Long[0, long.MaxValue], (bits, value) => Math.Min(value & ((2L << bits) - 1), 48 * TiB));

    [Fact]
    public void Every_guess_gives_exactly_so_many_parts()
        => Gen.Select(Gen.Frequency((9, Sizes), (1, Gen.Long[0, long.MaxValue])), Gen.Int[1, 10_000]).Sample(
            (size, count) =>
            {
                var guesses = MultipartLayouts.Guess(size, count);
                Assert.InRange(guesses.Count, 0, MultipartLayouts.MostGuesses);
                Assert.All(guesses, guess => Assert.Equal((size, (long)count), (guess.Size, guess.Count)));
                Assert.Equal(guesses.Count, guesses.Select(guess => guess.PartSize).Distinct().Count());
            },
            iter: 50_000);

    [Fact]
    public void There_is_a_guess_whenever_equal_parts_can_give_so_many()
        => Gen.Select(Gen.Long[1, 3000], Gen.Int[1, 100]).Sample(
            (size, count) =>
            {
                var isPossible = Enumerable.Range(1, (int)size).Any(partSize => new PartLayout(size, partSize).Count == count);
                Assert.Equal(isPossible, MultipartLayouts.Guess(size, count).Count > 0);
            },
            iter: 5000);

    /// <summary>The rules are written anew here, as their owners publish them.</summary>
    public static TheoryData<string, Func<long, long>> Uploaders => new()
    {
        { "aws-cli, boto3", size => Doubled(8 * MiB, size) },
        { "aws-c-s3", size => Math.Max(8 * MiB, Ceiling(size)) },
        { "SDK for Java, .NET", size => Math.Max(5 * MiB, Ceiling(size)) },
        { "SDK for Go", size => size / (5 * MiB) >= 10_000 ? (size / 10_000) + 1 : 5 * MiB },
        { "rclone", size => RcloneChunk(size, 5 * MiB) },
        { "minio-go", size => (long)Math.Ceiling(Math.Max(1, size / 10_000) / (16.0 * MiB)) * 16 * MiB },
        { "minio-go, earlier", size => (long)Math.Ceiling(Math.Max(1, size / 10_000) / (64.0 * MiB)) * 64 * MiB },
        { "s3cmd", _ => 15 * MiB },
        { "s5cmd", _ => 50 * MiB },
        { "Cyberduck", _ => 10 * MiB },
        { "console", _ => 17_179_870 },
        { "100 MiB", _ => 100 * MiB },
        { "1 GiB", _ => GiB },
        { "100 MB", _ => 100_000_000 },
        { "one part", size => size },
        { "twelve equal parts", size => ((size - 1) / 12) + 1 },
        { "twelve parts of whole MiB", size => (((size - 1) / 12 / MiB) + 1) * MiB },
    };

    [Theory]
    [MemberData(nameof(Uploaders))]
    public void What_uploaders_do_is_among_the_guesses(string uploader, Func<long, long> partSizeOf)
        => Gen.Select(Gen.Int[22, 45], Gen.Long[0, long.MaxValue]).Sample(
            (bits, value) =>
            {
                var size = Math.Min((1L << bits) | (value & ((1L << bits) - 1)), 48 * TiB);
                var layout = new PartLayout(size, Math.Min(size, partSizeOf(size)));
                if (layout.Count is > 10_000)
                    return;
                Assert.True(MultipartLayouts.Guess(size, (int)layout.Count).Any(guess => Same(guess, layout)), $"{uploader}, {size} bytes");
            },
            iter: 2000);

    /// <summary>Each wrong guess may cost a pass over the file, so the commonest uploaders must be found at once.</summary>
    [Theory]
    [InlineData(8 * MiB, 1)]
    [InlineData(5 * MiB, 2)]
    [InlineData(16 * MiB, 2)]
    [InlineData(64 * MiB, 3)]
    [InlineData(100 * MiB, 4)]
    public void Common_sizes_of_shards_are_found_within_this_many_guesses(long partSize, int guesses)
    {
        foreach (var size in new[] { 1 * GiB, 4_976_698_672, 4_999_802_720, 9_976_570_304, 20 * GiB })
        {
            var layout = new PartLayout(size, partSize);
            Assert.Contains(MultipartLayouts.Guess(size, (int)layout.Count).Take(guesses), guess => guess.PartSize == partSize);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 5)]
    [InlineData(3, 4)]
    [InlineData(10, 7)]
    [InlineData(10, 10_000)]
    public void Where_no_equal_parts_give_so_many_there_is_no_guess(long size, int count)
        => Assert.Empty(MultipartLayouts.Guess(size, count));

    [Theory]
    [InlineData(1)]
    [InlineData(5 * MiB)]
    [InlineData(long.MaxValue)]
    public void One_part_is_the_whole_object(long size)
        => Assert.Equal([new PartLayout(size, size)], MultipartLayouts.Guess(size, 1));

    [Fact]
    public void No_more_guesses_than_asked_for()
    {
        Assert.Empty(MultipartLayouts.Guess(GiB, 2, most: 0));
        Assert.Single(MultipartLayouts.Guess(GiB, 2, most: 1));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MultipartLayouts.Guess(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultipartLayouts.Guess(1, 0));
    }

    // Of two part sizes of one part the same object comes out.
    private static bool Same(PartLayout guess, PartLayout layout) => guess.Count == 1 ? layout.Count == 1 : guess == layout;

    private static long Ceiling(long size) => (size + 9_999) / 10_000;

    private static long Doubled(long partSize, long size)
    {
        while (Math.Ceiling(size / (double)partSize) > 10_000)
            partSize *= 2;
        return partSize;
    }

    private static long RcloneChunk(long size, long chunk)
    {
        var required = size / chunk;
        if (required < 10_000 || (required == 10_000 && size % chunk == 0))
            return chunk;
        var least = size / 10_000;
        if (least % MiB != 0)
            least += MiB - (least % MiB);
        return size / least == 10_000 && size % 10_000 != 0 ? least + MiB : least;
    }
}

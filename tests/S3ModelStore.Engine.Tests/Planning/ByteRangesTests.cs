using CsCheck;
using S3ModelStore.Engine.Planning;
using Xunit;

namespace S3ModelStore.Engine.Tests.Planning;

public sealed class ByteRangesTests
{
    private static readonly Gen<ByteRange> Ranges = Gen.Select(Gen.Long[0, 60], Gen.Long[0, 15], (o, l) => new ByteRange(o, l));

    [Fact]
    public void Ranges_that_touch_or_overlap_become_one()
    {
        var done = new ByteRanges();
        done.Add(new ByteRange(10, 10));
        done.Add(new ByteRange(30, 10));
        done.Add(new ByteRange(50, 10));
        Assert.Equal(3, done.Ranges.Count);

        done.Add(new ByteRange(20, 10));
        Assert.Equal([new ByteRange(10, 30), new ByteRange(50, 10)], done.Ranges);
        done.Add(new ByteRange(0, 100));
        Assert.Equal([new ByteRange(0, 100)], done.Ranges);
        Assert.Equal(100, done.Total);
    }

    [Fact]
    public void Nothing_there_leaves_one_gap_and_an_empty_file_none()
    {
        Assert.Equal([new ByteRange(0, 7)], new ByteRanges().Gaps(7));
        Assert.Empty(new ByteRanges().Gaps(0));
    }

    [Fact]
    public void The_largest_file_fits()
    {
        var done = new ByteRanges();
        done.Add(new ByteRange(long.MaxValue - 1, 1));
        Assert.Equal([new ByteRange(0, long.MaxValue - 1)], done.Gaps(long.MaxValue));
        done.Add(new ByteRange(0, long.MaxValue));
        Assert.Equal(long.MaxValue, done.Total);
        Assert.Empty(done.Gaps(long.MaxValue));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        var done = new ByteRanges();
        Assert.Throws<ArgumentOutOfRangeException>(() => done.Add(new ByteRange(-1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => done.Add(new ByteRange(1, -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => done.Add(new ByteRange(2, long.MaxValue - 1)));
    }

    [Fact]
    public void Ranges_and_gaps_are_what_a_bit_for_each_byte_says()
        => Gen.Select(Ranges.Array[0, 12], Gen.Int[0, 80], Ranges).Sample(
            (added, size, asked) =>
            {
                var bits = new bool[100];
                var done = new ByteRanges();
                foreach (var range in added)
                {
                    done.Add(range);
                    bits.AsSpan((int)range.Offset, (int)range.Length).Fill(true);
                }

                Assert.Equal(bits.Count(b => b), done.Total);
                Assert.Equal(Runs(bits, there: true), done.Ranges);
                Assert.Equal(Runs(bits[..size], there: false), done.Gaps(size));
                Assert.Equal(!bits.AsSpan((int)asked.Offset, (int)asked.Length).Contains(false), done.Contains(asked));
            },
            iter: 50_000);

    private static List<ByteRange> Runs(bool[] bits, bool there)
    {
        var runs = new List<ByteRange>();
        for (var i = 0; i < bits.Length; i++)
        {
            if (bits[i] != there)
                continue;
            if (runs.Count > 0 && runs[^1].End == i)
                runs[^1] = runs[^1] with { Length = runs[^1].Length + 1 };
            else
                runs.Add(new ByteRange(i, 1));
        }

        return runs;
    }
}

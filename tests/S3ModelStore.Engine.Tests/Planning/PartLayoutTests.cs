using CsCheck;
using S3ModelStore.Engine.Planning;
using Xunit;

namespace S3ModelStore.Engine.Tests.Planning;

public sealed class PartLayoutTests
{
    private const long MiB = 1024 * 1024;
    private const long GiB = 1024 * MiB;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData((8 * MiB) - 1, 1)]
    [InlineData(8 * MiB, 1)]
    [InlineData((8 * MiB) + 1, 2)]
    [InlineData(GiB, 128)]
    public void An_automatic_layout_has_this_many_parts(long size, long count)
        => Assert.Equal(count, PartLayout.Create(size).Count);

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8 * GiB, 8)]
    [InlineData(9 * GiB, 16)]
    [InlineData(16 * GiB, 16)]
    [InlineData(17 * GiB, 32)]
    [InlineData(33 * GiB, 64)]
    [InlineData(5 * 1024 * GiB, 64)]
    [InlineData(long.MaxValue, 64)]
    public void Parts_grow_with_the_file_up_to_a_limit(long size, long mebibytes)
        => Assert.Equal(mebibytes * MiB, PartLayout.AutomaticPartSize(size));

    [Fact]
    public void A_part_size_that_is_given_is_kept()
    {
        var layout = PartLayout.Create(250, 100);

        Assert.Equal(100, layout.PartSize);
        Assert.Equal(3, layout.Count);
        Assert.Equal(new ByteRange(200, 50), layout[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => layout[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => layout[-1]);
    }

    [Fact]
    public void The_largest_file_has_a_last_part()
    {
        var layout = new PartLayout(long.MaxValue, 1);
        Assert.Equal(new ByteRange(long.MaxValue - 1, 1), layout[layout.Count - 1]);
        layout = new PartLayout(long.MaxValue, long.MaxValue);
        Assert.Equal(new ByteRange(0, long.MaxValue), layout[0]);
        Assert.Equal(1, layout.Count);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PartLayout(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PartLayout(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PartLayout.Split(new ByteRange(0, 1), 0));
    }

    [Fact]
    public void Parts_cover_the_file_once_and_in_order()
        => Gen.Select(Gen.Long[0, 5000], Gen.Long[1, 600]).Sample((size, partSize) =>
        {
            var layout = new PartLayout(size, partSize);
            long position = 0;
            for (long i = 0; i < layout.Count; i++)
            {
                Assert.Equal(position, layout[i].Offset);
                Assert.True(layout[i].Length == partSize || (i == layout.Count - 1 && layout[i].Length is > 0 && layout[i].Length < partSize));
                position = layout[i].End;
            }

            Assert.Equal(size, position);
        });

    [Fact]
    public void A_gap_is_split_into_parts_that_cover_it()
        => Gen.Select(Gen.Long[0, 1L << 60], Gen.Long[0, 5000], Gen.Long[1, 600]).Sample((offset, length, partSize) =>
        {
            var parts = PartLayout.Split(new ByteRange(offset, length), partSize).ToArray();
            var position = offset;
            foreach (var part in parts)
            {
                Assert.Equal(position, part.Offset);
                Assert.InRange(part.Length, 1, partSize);
                position = part.End;
            }

            Assert.Equal(offset + length, position);
            Assert.Equal((length + partSize - 1) / partSize, parts.Length);
        });
}

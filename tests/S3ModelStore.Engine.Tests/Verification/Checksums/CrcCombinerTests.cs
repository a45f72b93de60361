using System.Numerics;
using CsCheck;
using S3ModelStore.Engine.Verification.Checksums;
using Xunit;

namespace S3ModelStore.Engine.Tests.Verification.Checksums;

public sealed class CrcCombinerTests
{
    private static readonly Gen<(ulong Crc, long Length)> Part =
        Gen.Select(Gen.ULong, Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 1L << 41], Gen.Long[0, long.MaxValue / 4]));

    [Fact]
    public void Two_halves_give_the_whole()
        => Gen.Select(Samples.Algorithm, Samples.Data, Samples.Data).Sample((algorithm, a, b) =>
        {
            byte[] whole = [.. a.Span, .. b.Span];
            var combined = CrcCombiner.For(algorithm).Combine(Samples.Crc(algorithm, a.Span), Samples.Crc(algorithm, b.Span), b.Length);
            Assert.Equal(BitwiseCrc.Of(algorithm, whole), combined);
        }, iter: 1000);

    [Fact]
    public void Any_number_of_pieces_empty_ones_too_gives_the_whole()
        => Gen.Select(Samples.Algorithm, Samples.Data, Samples.Cuts).Sample((algorithm, data, cuts) =>
        {
            var combiner = CrcCombiner.For(algorithm);
            var crc = 0UL;
            foreach (var piece in Samples.Cut(data, cuts))
                crc = combiner.Combine(crc, Samples.Crc(algorithm, piece.Span), piece.Length);
            Assert.Equal(BitwiseCrc.Of(algorithm, data.Span), crc);
        }, iter: 1000);

    [Fact]
    public void An_empty_part_changes_nothing_on_either_side()
        => Gen.Select(Samples.Algorithm, Part).Sample((algorithm, part) =>
        {
            var crc = part.Crc & MaskOf(algorithm);
            Assert.Equal(crc, CrcCombiner.For(algorithm).Combine(crc, 0, 0));
            Assert.Equal(crc, CrcCombiner.For(algorithm).Combine(0, crc, part.Length));
        });

    [Fact]
    public void It_does_not_matter_which_neighbours_come_together_first()
        => Gen.Select(Samples.Algorithm, Part, Part, Part).Sample((algorithm, a, b, c) =>
        {
            var combiner = CrcCombiner.For(algorithm);
            var mask = MaskOf(algorithm);
            var left = combiner.Combine(combiner.Combine(a.Crc & mask, b.Crc & mask, b.Length), c.Crc & mask, c.Length);
            var right = combiner.Combine(a.Crc & mask, combiner.Combine(b.Crc & mask, c.Crc & mask, c.Length), b.Length + c.Length);
            Assert.Equal(left, right);
        });

    // The CRC of 2^n zero bytes, from nothing but the CRC of one: each half is the CRC of a real run until they grow too large to run.
    [Fact]
    public void Doubling_agrees_with_what_was_read_and_with_polynomial_division()
    {
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            var combiner = CrcCombiner.For(algorithm);
            var crc = BitwiseCrc.Of(algorithm, new byte[1]);
            for (var log = 0; log <= 40; log++)
            {
                if (log <= 16)
                    Assert.Equal(BitwiseCrc.Of(algorithm, new byte[1 << log]), crc);
                Assert.Equal(ZerosByDivision(algorithm, BigInteger.One << log), crc);
                crc = combiner.Combine(crc, crc, 1L << log);
            }
        }
    }

    [Fact]
    public void The_longest_length_and_a_terabyte_and_one_agree_with_polynomial_division()
    {
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            var one = BitwiseCrc.Of(algorithm, new byte[1]);
            foreach (var length in new[] { (1L << 40) + 1, long.MaxValue })
            {
                var zeros = ZerosByDivision(algorithm, length);
                Assert.Equal(ZerosByDivision(algorithm, (BigInteger)length + 1), CrcCombiner.For(algorithm).Combine(one, zeros, length));
            }
        }
    }

    [Fact]
    public void A_negative_length_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => CrcCombiner.For(ChecksumAlgorithm.Crc32).Combine(1, 2, -1));

    private static ulong MaskOf(ChecksumAlgorithm algorithm) => algorithm == ChecksumAlgorithm.Crc64Nvme ? ulong.MaxValue : uint.MaxValue;

    // In the other notation and other arithmetic: plain polynomials, the highest term in the highest bit, in big integers.
    // A state of all ones and n zero bytes leave (all ones)·x^(8n) mod P, and the CRC is that, reflected and inverted.
    private static ulong ZerosByDivision(ChecksumAlgorithm algorithm, BigInteger bytes)
    {
        var (width, polynomial) = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => (32, (BigInteger)0x104C11DB7),
            ChecksumAlgorithm.Crc32C => (32, (BigInteger)0x11EDC6F41),
            _ => (64, (BigInteger.One << 64) + 0xAD93D23594C93659),
        };
        var power = BigInteger.One;
        BigInteger square = 2;
        for (var exponent = bytes * 8; !exponent.IsZero; exponent >>= 1)
        {
            if (!exponent.IsEven)
                power = Remainder(Product(power, square), polynomial, width);
            square = Remainder(Product(square, square), polynomial, width);
        }

        var state = Remainder(Product((BigInteger.One << width) - 1, power), polynomial, width);
        var crc = 0UL;
        for (var bit = 0; bit < width; bit++)
            crc |= (state >> bit).IsEven ? 1UL << (width - 1 - bit) : 0;
        return crc;
    }

    private static BigInteger Product(BigInteger a, BigInteger b)
    {
        var product = BigInteger.Zero;
        for (; !a.IsZero; a >>= 1, b <<= 1)
            product ^= a.IsEven ? BigInteger.Zero : b;
        return product;
    }

    private static BigInteger Remainder(BigInteger a, BigInteger polynomial, int width)
    {
        for (var excess = (int)a.GetBitLength() - width - 1; excess >= 0; excess = (int)a.GetBitLength() - width - 1)
            a ^= polynomial << excess;
        return a;
    }
}

namespace S3ModelStore.Engine.Verification.Checksums;

/// <summary>
/// Arithmetic modulo the polynomial P of a CRC, over GF(2), in the reflected form in which the CRC itself is kept: the highest bit is
/// the coefficient of x⁰, the lowest that of x^(width-1). Everything else about a CRC follows from it: the constants of the folding
/// kernels, the tables, and the combination of parts.
/// </summary>
/// <remarks>
/// In plain integer arithmetic, because it runs at startup and once per part; the kernels that see every byte are elsewhere.
/// Parameters: <see href="https://reveng.sourceforge.io/crc-catalogue/all.htm"/>.
/// </remarks>
internal sealed class CrcPolynomial
{
    public static readonly CrcPolynomial Crc32 = new(32, 0x04C11DB7);
    public static readonly CrcPolynomial Crc32C = new(32, 0x1EDC6F41);
    public static readonly CrcPolynomial Crc64Nvme = new(64, 0xAD93D23594C93659);

    // A length is below 2^63 bytes, so its bits run to 2^62, and those of the length in bits to 2^65.
    private const int BitsPerByteLog2 = 3;
    private const int SquareCount = 63 + BitsPerByteLog2;

    private readonly int _width;
    private readonly ulong[] _squares;

    /// <param name="width">32 or 64.</param>
    /// <param name="polynomial">As the catalogues print it: the highest bit is x^(width-1), x^width is left out.</param>
    private CrcPolynomial(int width, ulong polynomial)
    {
        _width = width;
        Reflected = Reflect(polynomial, width);
        One = 1UL << (width - 1);
        _squares = new ulong[SquareCount];
        _squares[0] = TimesX(One);
        for (var i = 1; i < SquareCount; i++)
            _squares[i] = Multiply(_squares[i - 1], _squares[i - 1]);
    }

    /// <summary>P without its highest term.</summary>
    public ulong Reflected { get; }

    /// <summary>x⁰.</summary>
    public ulong One { get; }

    /// <summary>All bits of the width: what these CRCs start with and are inverted by at the end.</summary>
    public ulong Mask => (One << 1) - 1;

    /// <summary>a·x mod P: one step of the bitwise CRC.</summary>
    public ulong TimesX(ulong a) => (a >> 1) ^ (Reflected & (0 - (a & 1)));

    /// <summary>a·b mod P.</summary>
    public ulong Multiply(ulong a, ulong b)
    {
        var product = 0UL;
        // No branch on the bits, which nothing could predict.
        for (var shift = _width - 1; shift >= 0; shift--)
        {
            product ^= b & (0 - ((a >> shift) & 1));
            b = TimesX(b);
        }

        return product;
    }

    /// <summary>x^<paramref name="exponent"/> mod P.</summary>
    public ulong Power(int exponent) => Power((ulong)exponent, 0);

    /// <summary>x^(8·<paramref name="bytes"/>) mod P: what so many bytes behind it multiply a CRC by.</summary>
    public ulong PowerOfBytes(long bytes) => Power((ulong)bytes, BitsPerByteLog2);

    /// <summary>⌊x^(2·width) / P⌋ without its highest term, reflected: what turns division by P into multiplication.</summary>
    /// <remarks>Barrett's reduction: <see href="https://www.intel.com/content/dam/www/public/us/en/documents/white-papers/fast-crc-computation-generic-polynomials-pclmulqdq-paper.pdf"/>.</remarks>
    public ulong Quotient()
    {
        // Long division, the highest term first. The dividend's next terms are all zero, so the remainder is shifted and nothing more.
        var remainder = Reflected;
        var quotient = 0UL;
        for (var bit = 0; bit < _width; bit++)
        {
            quotient |= (remainder & 1) << bit;
            remainder = TimesX(remainder);
        }

        return quotient;
    }

    private ulong Power(ulong exponent, int firstSquare)
    {
        var power = One;
        for (var i = firstSquare; exponent != 0; i++, exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                power = Multiply(power, _squares[i]);
        }

        return power;
    }

    private static ulong Reflect(ulong value, int width)
    {
        var reflected = 0UL;
        for (var bit = 0; bit < width; bit++)
            reflected |= ((value >> bit) & 1) << (width - 1 - bit);
        return reflected;
    }
}

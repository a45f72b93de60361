using System.Buffers.Binary;
using System.Text;

namespace S3ModelStore.Engine.Tests.Storage;

/// <summary>Makes hostile files of valid ones; the same seed makes the same files.</summary>
internal sealed class Mutator
{
    private static readonly byte[][] Pieces =
    [
        [0], [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [.. "\n"u8], [.. "\r\n"u8],
        .. ((string[])[
            "null", "true", "{", "}", "[", "]", ",", ":", "\"", "\\", "//", "/*", "#", ";", "\t", "-1", "1e999", "1E-999", "0.1", "9223372036854775808",
            "99999999999999999999999999999999999999", "\"\\ud800\"", "\"\\u0000\"", "\"\"", "\"version\":2,", "\"version\":1,", "\"path\":\"../x\",",
            "\"path\":\"/etc/passwd\",", "\"size\":-1,", "\"files\":[", "\"files\":null,", "\"$type\":\"x\",", "../", "SHA256 (", "Path,Size,Sha256\n",
            new string('[', 200), new string('{', 200), string.Concat(Enumerable.Repeat("{\"files\":[", 100)), string.Concat(Enumerable.Repeat("[{\"a\":", 100)),
            new string('9', 400), new string(',', 300), new string('"', 300), new string('\n', 300),
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly long[] Extremes = [0, 1, -1, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40, 31, 16 * 1024];

    private readonly Random _random;

    public Mutator(int seed) => _random = new Random(seed);

    /// <summary>Inputs of a fuzz test: seconds' worth, or, with <c>S3MODELSTORE_LONG=1</c>, as many as are worth a night.</summary>
    public static int Inputs(int few, int many) => Environment.GetEnvironmentVariable("S3MODELSTORE_LONG") == "1" ? many : few;

    public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    /// <param name="samples">Valid files; one is changed, others lend pieces.</param>
    public byte[] Next(params byte[][] samples)
    {
        var content = new List<byte>(Any(samples));
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
            Change(content, samples);
        return [.. content];
    }

    private void Change(List<byte> content, byte[][] samples)
    {
        var at = _random.Next(content.Count + 1);
        switch (_random.Next(8))
        {
            case 0 when at < content.Count:
                content[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < content.Count:
                content[at] = (byte)_random.Next(256);
                break;
            case 2:
                content.RemoveRange(at, _random.Next(Math.Min(content.Count - at, 64) + 1));
                break;
            case 3 when Chance(4):
                content.RemoveRange(at, content.Count - at);
                break;
            case 4:
                content.InsertRange(at, content.GetRange(at, _random.Next(Math.Min(content.Count - at, 256) + 1)));
                break;
            case 5:
                content.InsertRange(at, Slice(Any(samples)));
                break;
            case 6:
                SetNumber(content, at);
                break;
            default:
                content.InsertRange(at, Any(Pieces));
                break;
        }
    }

    private void SetNumber(List<byte> content, int at)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, Extremes[_random.Next(Extremes.Length)]);
        var width = 1 << _random.Next(1, 4);
        for (var i = 0; i < width && at + i < content.Count; i++)
            content[at + i] = number[i];
    }

    private T Any<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private byte[] Slice(byte[] content)
    {
        var begin = _random.Next(content.Length + 1);
        return content[begin..(begin + _random.Next(Math.Min(content.Length - begin, 512) + 1))];
    }
}

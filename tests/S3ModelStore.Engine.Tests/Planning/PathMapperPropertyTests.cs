using System.Text;
using CsCheck;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using Xunit;

namespace S3ModelStore.Engine.Tests.Planning;

public sealed class PathMapperPropertyTests
{
    private const string Destination = "/models/llm";

    private static readonly PlatformNames[] All = [PlatformNames.Windows, PlatformNames.Linux, PlatformNames.MacOS];

    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Gen.OneOf("/", "/", "..", ".", "a", "B", "%", "2", "F", "E", "%2F", "%2E", "\\", ":", "C:", " ", "CON", "con", "COM1", ".s3modelstore", "~")),
        (2, Gen.OneOf("\0", "\n", "é", "e\u0301", "\U0001F600", "\uD800", "\uDC00", "\u0085", "<", "*", "?", "NUL", "LPT²", "S3MODE~1", "\u2044", "\uFF0F")),
        (1, Gen.Char.Select(c => c.ToString())),
        (1, Gen.Int[80, 300].Select(n => new string('x', n))));

    private static readonly Gen<string> Keys = Pieces.Array[0, 8].Select(string.Concat);

    private static readonly Gen<PlatformNames> Names = Gen.OneOf(All);

    [Fact]
    public void No_key_leaves_the_destination()
        => Gen.Select(Names, Gen.Enum<NamePolicy>(), Keys).Sample(
            (names, policy, key) =>
            {
                if (new PathMapper(names, policy).Map([key], Destination)[0] is not { } local)
                    return;

                // A backslash is no separator where this runs: every separator of the platform is made one before looking.
                var path = local.Replace(names.Separator, '/');
                Assert.DoesNotContain('\\', path);
                Assert.DoesNotContain(path, char.IsControl);
                var full = Path.GetFullPath(Path.Combine(Destination, path));
                Assert.Equal($"{Destination}/{path}", full);
                Assert.False(full.StartsWith($"{Destination}/.s3modelstore", StringComparison.OrdinalIgnoreCase) && path.Length is 13, path);
                Assert.All(path.Split('/'), s => Assert.True(s.Length > 0 && names.SegmentLength(s) <= 255, s));
                Assert.Equal(path, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(path)));
                if (names == PlatformNames.Windows)
                    AssertFitsWindows(path);
            },
            iter: 100_000);

    [Fact]
    public void Escaping_gives_different_keys_different_paths()
        => Gen.Select(Names, Keys, Keys).Sample(
            (names, one, other) =>
            {
                if (one == other)
                    return;
                var mapper = new PathMapper(names, NamePolicy.Escape);
                var path = mapper.Map([one], Destination)[0];
                Assert.True(path is null || path != mapper.Map([other], Destination)[0], $"{one} and {other}");
            },
            iter: 50_000);

    [Fact]
    public void Escaping_can_be_read_back_unless_it_had_to_cut()
        => Gen.Select(Names, Keys).Sample(
            (names, key) =>
            {
                var path = new PathMapper(names, NamePolicy.Escape).Map([key], Destination)[0];
                if (path is not null && !path.Split(names.Separator).Any(s => s.Length > 3 && s.Contains("%2F", StringComparison.Ordinal)))
                    Assert.Equal(key, Unescaped(path.Replace(names.Separator, '/')));
            },
            iter: 50_000);

    [Fact]
    public void Escaping_gives_every_proper_text_a_path()
        => Gen.Select(Names, Keys).Sample(
            (names, key) =>
            {
                if (SegmentRules.HalfSurrogate(key) is null && key.Length < 300)
                    Assert.NotNull(new PathMapper(names, NamePolicy.Escape).Map([key], Destination)[0]);
            },
            iter: 50_000);

    [Fact]
    public void Escaping_changes_no_safe_key_without_percent_signs()
        => Gen.Select(Names, Keys).Sample(
            (names, key) =>
            {
                var path = new PathMapper(names, NamePolicy.Error).Map([key], Destination)[0];
                if (path is not null && !key.Contains('%', StringComparison.Ordinal))
                    Assert.Equal(path, new PathMapper(names, NamePolicy.Escape).Map([key], Destination)[0]);
            },
            iter: 50_000);

    [Fact]
    public void What_is_kept_of_many_keys_never_shares_a_name()
        => Gen.Select(Names, Gen.Enum<NamePolicy>(), Gen.OneOf("a", "A", "b", "é", "e\u0301", "É", "a/b", "a/B", "A/b", "b/a/c", "b/a").Array[1, 3].Select(p => string.Join('/', p)).Array[0, 8]).Sample(
            (names, policy, keys) =>
            {
                var map = new PathMapper(names, policy).Map(keys, Destination);
                var kept = Enumerable.Range(0, keys.Length).Where(i => map[i] is not null).Select(i => Seen(names, map[i]!)).ToArray();
                Assert.Equal(kept.Length, kept.Distinct(StringComparer.Ordinal).Count());
                Assert.DoesNotContain(kept, one => kept.Any(other => other.StartsWith(one + names.Separator, StringComparison.Ordinal)));
                Assert.All(Enumerable.Range(0, keys.Length), i => Assert.Equal(map[i] is null, map.Refusals.ContainsKey(i)));
            },
            iter: 50_000);

    private static string Seen(PlatformNames names, string path)
    {
        path = names.IgnoresNormalization ? path.Normalize(NormalizationForm.FormD) : path;
        return names.IgnoresCase ? path.ToUpperInvariant() : path;
    }

    // GetFileName and friends of Windows, written anew: what CreateFile would make of each segment.
    private static void AssertFitsWindows(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            Assert.DoesNotContain(segment, c => "<>:\"|?*".Contains(c, StringComparison.Ordinal));
            Assert.Equal(segment, segment.TrimEnd('.', ' '));
            var name = segment.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
            Assert.False(name is "CON" or "PRN" or "AUX" or "NUL" or "COM1" or "LPT²", segment);
        }

        Assert.False(path.Split('/')[0].StartsWith("S3MODE~1", StringComparison.OrdinalIgnoreCase) && path.Split('/')[0].Length == 8);
    }

    private static string Unescaped(string path)
        => string.Join('/', path.Split('/').Select(segment => segment == "%2F" ? "" : Decoded(segment)));

    private static string Decoded(string segment)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '%' && i + 2 < segment.Length && char.IsAsciiHexDigit(segment[i + 1]) && char.IsAsciiHexDigit(segment[i + 2]))
            {
                bytes.Add(Convert.ToByte(segment.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                var length = i + 1 < segment.Length && char.IsSurrogatePair(segment[i], segment[i + 1]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(segment.Substring(i, length)));
                i += length - 1;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}

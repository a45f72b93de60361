using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using Xunit;

namespace S3ModelStore.Engine.Tests.Planning;

public sealed class PathMapperTests
{
    private const string Destination = "/models/llm";

    [Theory]
    [InlineData("config.json")]
    [InlineData("a/b/c.bin")]
    [InlineData("a..b")]
    [InlineData("...x")]
    [InlineData(".gitignore")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("100%.txt")]
    [InlineData("a%zz")]
    [InlineData("~")]
    [InlineData("-rf")]
    [InlineData("$HOME/`x`")]
    [InlineData("CONSOLE.txt")]
    [InlineData("COM.txt")]
    [InlineData("COM10")]
    [InlineData("x.con")]
    [InlineData("a/.s3modelstore")]
    [InlineData(".s3modelstore2/a")]
    [InlineData("s3model~1")]
    [InlineData("模型/权重.safetensors")]
    [InlineData("\U0001F600")]
    public void An_ordinary_key_is_its_own_path(string key)
    {
        foreach (var names in All)
        {
            foreach (var policy in Enum.GetValues<NamePolicy>())
                Assert.Equal(key.Replace('/', names.Separator), Map(names, policy, key)[0]);
        }
    }

    [Theory]
    [InlineData("", "begins with a slash", "%2F")]
    [InlineData("/etc/passwd", "begins with a slash", "%2F/etc/passwd")]
    [InlineData("a//b", "empty segment", "a/%2F/b")]
    [InlineData("a/", "empty segment", "a/%2F")]
    [InlineData("..", "'..'", "%2E%2E")]
    [InlineData("../../x", "'..'", "%2E%2E/%2E%2E/x")]
    [InlineData("a/../x", "'..'", "a/%2E%2E/x")]
    [InlineData("./a", "'.'", "%2E/a")]
    [InlineData("a\\..\\b", "backslash", "a%5C..%5Cb")]
    [InlineData("\\\\server\\share", "backslash", "%5C%5Cserver%5Cshare")]
    [InlineData("a\0b", "U+0000", "a%00b")]
    [InlineData("a\nb", "U+000A", "a%0Ab")]
    [InlineData("a\u007Fb", "U+007F", "a%7Fb")]
    [InlineData("a\u0085b", "U+0085", "a%C2%85b")]
    [InlineData("C:/Windows", "drive", "C%3A/Windows")]
    [InlineData("c:x", "drive", "c%3Ax")]
    [InlineData(".s3modelstore/manifest.json", "own directory", "%2Es3modelstore/manifest.json")]
    [InlineData(".S3ModelStore", "own directory", "%2ES3ModelStore")]
    public void An_unsafe_key_is_refused_everywhere_or_escaped(string key, string reason, string escaped)
    {
        foreach (var names in All)
        {
            AssertRefused(Map(names, NamePolicy.Error, key), ModelStoreErrorCode.UnsafePath, reason);
            AssertRefused(Map(names, NamePolicy.Skip, key), ModelStoreErrorCode.UnsafePath, reason);
            Assert.Equal(escaped.Replace('/', names.Separator), Map(names, NamePolicy.Escape, key)[0]);
        }
    }

    [Theory]
    [InlineData("CON", "device", "%43ON")]
    [InlineData("a/nul.txt", "device", "a\\%6Eul.txt")]
    [InlineData("con .tar.gz", "device", "%63on .tar.gz")]
    [InlineData("COM0", "device", "%43OM0")]
    [InlineData("lpt9.x", "device", "%6Cpt9.x")]
    [InlineData("COM¹", "device", "%43OM¹")]
    [InlineData("LPT³.x", "device", "%4CPT³.x")]
    [InlineData("CONIN$", "device", "%43ONIN$")]
    [InlineData("conout$.log", "device", "%63onout$.log")]
    [InlineData("a.", "dot", "a%2E")]
    [InlineData("a./b", "dot", "a%2E\\b")]
    [InlineData("...", "dot", "..%2E")]
    [InlineData("a ", "space", "a%20")]
    [InlineData("model.bin:stream", "':'", "model.bin%3Astream")]
    [InlineData("a<b>", "'<'", "a%3Cb%3E")]
    [InlineData("a?*|\"", "'?'", "a%3F%2A%7C%22")]
    [InlineData("S3MODE~1/manifest.json", "own directory", "%533MODE~1\\manifest.json")]
    [InlineData("s34F2A~1", "own directory", "%7334F2A~1")]
    public void Windows_refuses_more(string key, string reason, string escaped)
    {
        AssertRefused(Map(PlatformNames.Windows, NamePolicy.Error, key), ModelStoreErrorCode.UnsafePath, reason);
        Assert.Equal(escaped, Map(PlatformNames.Windows, NamePolicy.Escape, key)[0]);
        Assert.Equal(key, Map(PlatformNames.Linux, NamePolicy.Error, key)[0]);
        Assert.Equal(key, Map(PlatformNames.Linux, NamePolicy.Escape, key)[0]);
    }

    [Theory]
    [InlineData("%41", "%2541")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("%%41", "%%2541")]
    [InlineData("%4", "%4")]
    public void Escaping_keeps_percent_signs_apart_from_its_own(string key, string escaped)
        => Assert.Equal(escaped, Map(PlatformNames.Linux, NamePolicy.Escape, key)[0]);

    [Fact]
    public void Half_a_surrogate_pair_is_refused_even_when_escaping()
    {
        // Not inline data: attributes are stored as UTF-8, which has no form for these.
        foreach (var key in new[] { "\uD800", "a\uDC00b", "\uD83D\uD83D\uDE00", "\U0001F600\uDE00" })
        {
            foreach (var names in All)
                AssertRefused(Map(names, NamePolicy.Escape, key), ModelStoreErrorCode.UnsafePath, "surrogate");
        }
    }

    [Fact]
    public void A_long_segment_is_refused_or_cut_to_its_begin_and_a_hash()
    {
        var key = new string('é', 128);

        AssertRefused(Map(PlatformNames.Linux, NamePolicy.Error, key), ModelStoreErrorCode.UnsafePath, "255 bytes");
        Assert.Equal(key, Map(PlatformNames.Windows, NamePolicy.Error, key)[0]);
        Assert.Equal(key, Map(PlatformNames.MacOS, NamePolicy.Error, key)[0]);
        AssertRefused(Map(PlatformNames.Windows, NamePolicy.Error, new string('a', 256)), ModelStoreErrorCode.UnsafePath, "255 characters");

        var one = Map(PlatformNames.Linux, NamePolicy.Escape, key)[0]!;
        var other = Map(PlatformNames.Linux, NamePolicy.Escape, key + "x")[0]!;
        Assert.Equal(new string('é', 94) + "%2F", one[..97]);
        Assert.Equal(97 + 64, one.Length);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void The_whole_path_counts_its_destination()
    {
        var key = string.Join('/', Enumerable.Repeat(new string('a', 200), 5));
        var map = new PathMapper(PlatformNames.Linux, NamePolicy.Escape).Map([key], "/" + new string('d', 3100));

        AssertRefused(map, ModelStoreErrorCode.UnsafePath, "4095 bytes");
        var error = Assert.Throws<ModelStoreException>(map.ThrowIfRefused);
        Assert.Contains("shorter destination", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(4095 - key.Length - 1, LongestRoot(key));
    }

    [Fact]
    public void One_error_names_every_key_up_to_a_limit()
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"../{i:D2}\n").Append("fine").ToArray();
        var error = Assert.Throws<ModelStoreException>(Map(PlatformNames.Linux, NamePolicy.Error, keys).ThrowIfRefused);

        Assert.Equal(ModelStoreErrorCode.UnsafePath, error.Code);
        Assert.StartsWith($"25 keys cannot be a path below '{Destination}': '../00\\u000A' has the segment '..'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'../19\\u000A'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'../20", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; and 5 keys more.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.Contains("-NamePolicy Skip", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("-NamePolicy Escape", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicts_alone_are_a_conflict()
    {
        var error = Assert.Throws<ModelStoreException>(Map(PlatformNames.Windows, NamePolicy.Escape, "a", "A").ThrowIfRefused);

        Assert.Equal(ModelStoreErrorCode.NameConflict, error.Code);
        Assert.DoesNotContain("Escape", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_further_look_adds_its_refusals_to_the_same_error()
    {
        var map = Map(PlatformNames.Linux, NamePolicy.Error, "../x", "out/y", "fine");
        var narrowed = map.Checked(path => path == "out/y" ? new PathRefusal(ModelStoreErrorCode.NameConflict, "is in the way") : null);

        Assert.Equal([0, 1], narrowed.Refusals.Keys);
        Assert.Equal([0], map.Refusals.Keys);
        Assert.Null(narrowed[1]);
        Assert.Equal("fine", narrowed[2]);
        var error = Assert.Throws<ModelStoreException>(narrowed.ThrowIfRefused);
        Assert.Contains("'../x' has", error.Message, StringComparison.Ordinal);
        Assert.Contains("'out/y' is in the way", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_safe_key_costs_no_text_of_its_own()
    {
        var key = string.Concat("a/", "b.bin");
        foreach (var policy in Enum.GetValues<NamePolicy>())
            Assert.Same(key, Map(PlatformNames.Linux, policy, key)[0]);
    }

    private static PlatformNames[] All => [PlatformNames.Windows, PlatformNames.Linux, PlatformNames.MacOS];

    private static PathMap Map(PlatformNames names, NamePolicy policy, params string[] keys)
        => new PathMapper(names, policy).Map(keys, Destination);

    private static int LongestRoot(string key)
        => Enumerable.Range(3000, 200).Last(n => new PathMapper(PlatformNames.Linux, NamePolicy.Error).Map([key], new string('d', n)).Refusals.Count == 0);

    private static void AssertRefused(PathMap map, ModelStoreErrorCode code, string reason)
    {
        Assert.Null(map[0]);
        Assert.Equal(code, map.Refusals[0].Code);
        Assert.Contains(reason, map.Refusals[0].Reason, StringComparison.Ordinal);
    }
}

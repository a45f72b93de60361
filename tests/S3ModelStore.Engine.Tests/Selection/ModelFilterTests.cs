using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using Xunit;

namespace S3ModelStore.Engine.Tests.Selection;

public sealed class ModelFilterTests
{
    [Theory]
    // Without a slash: the file name at any depth.
    [InlineData("*.json", "config.json", true)]
    [InlineData("*.json", "a/b/config.json", true)]
    [InlineData("*.json", "config.JSON", false)]
    [InlineData("config.json", "a/config.json", true)]
    [InlineData("config.json", "aconfig.json", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("*", "a/b", true)]
    [InlineData("**", "a/b/c", true)]
    [InlineData("**.json", "a/b.json", true)]
    [InlineData("*.*", "README", false)]
    [InlineData("*.*", "a.b", true)]
    // With one: anchored.
    [InlineData("/*.json", "config.json", true)]
    [InlineData("/*.json", "a/config.json", false)]
    [InlineData("./*.json", "a/config.json", false)]
    [InlineData("./*.json", "config.json", true)]
    [InlineData("a/*.json", "a/b.json", true)]
    [InlineData("a/*.json", "x/a/b.json", false)]
    [InlineData("a/*.json", "a/b/c.json", false)]
    [InlineData("a/*", "a/", true)]
    [InlineData("a/*/b", "a//b", true)]
    // A trailing slash: everything below.
    [InlineData("onnx/", "onnx/model.onnx", true)]
    [InlineData("onnx/", "onnx/a/b", true)]
    [InlineData("onnx/", "onnx", false)]
    [InlineData("onnx/", "x/onnx/a", false)]
    [InlineData("**/onnx/", "x/onnx/a", true)]
    // ** crosses.
    [InlineData("**/x", "x", true)]
    [InlineData("**/x", "a/b/x", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "ab/c", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b/**/c", "a/b/c", true)]
    [InlineData("a/**/b/**/c", "a/c/b/b/x/c", true)]
    [InlineData("a/**/b/**/c", "a/c", false)]
    [InlineData("a/**/b/**", "a/x/b", false)]
    [InlineData("a/**.json", "a/b/c.json", true)]
    [InlineData("a/**.json", "a/c.json", true)]
    // One character.
    [InlineData("model-0000?.bin", "model-00001.bin", true)]
    [InlineData("model-0000?.bin", "model-0000.bin", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[]x]", "]", true)]
    [InlineData("[!]]", "]", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[-a]", "-", true)]
    [InlineData("[^a]", "^", true)]
    [InlineData("[[]x", "[x", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("?", "\U0001F600", true)]
    [InlineData("??", "\U0001F600", false)]
    [InlineData("*[!\U0001F600]", "\U0001F600", false)]
    [InlineData("[\U0001F600-\U0001F602]", "\U0001F601", true)]
    [InlineData("*a?*b", "xxaabab", true)]
    // Whatever the key holds is literal.
    [InlineData("**/x", "../x", true)]
    [InlineData("**/x", "a/../x", true)]
    [InlineData("a/**", "a/../../b", true)]
    [InlineData("x", "//x", true)]
    [InlineData("a*", "a\\b", true)]
    [InlineData("*", "", true)]
    [InlineData("*.bin", "a\0\n.bin", true)]
    [InlineData("a.", "a.", true)]
    [InlineData("a", "a.", false)]
    [InlineData(" a", " a", true)]
    [InlineData("a+b(1)", "a+b(1)", true)]
    public void A_pattern_selects(string pattern, string key, bool expected)
    {
        Assert.Equal(expected, ModelFilter.Create([pattern], null).Matches(key));
        Assert.Equal(!expected, ModelFilter.Create(null, [pattern]).Matches(key));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/", "names nothing")]
    [InlineData("./", "names nothing")]
    [InlineData("a//b", "empty segment")]
    [InlineData("//a", "empty segment")]
    [InlineData("a//", "empty segment")]
    [InlineData("..", "not a name")]
    [InlineData(".", "not a name")]
    [InlineData("a/../b", "not a name")]
    [InlineData("a/./b", "not a name")]
    [InlineData(".\\sub\\*.json", "backslash")]
    [InlineData("[ab", "']'")]
    [InlineData("[]", "']'")]
    [InlineData("[!]", "']'")]
    [InlineData("[a/b]", "']'")]
    [InlineData("[z-a]", "z-a")]
    public void A_pattern_that_cannot_be_understood_is_refused_by_name(string pattern, string reason)
    {
        var error = Assert.Throws<ModelStoreException>(() => ModelFilter.Create([pattern], null));

        Assert.Equal(ModelStoreErrorCode.InvalidPattern, error.Code);
        Assert.Contains($"'{pattern}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.Remedy));
        Assert.Equal(pattern, error.Target);
    }

    [Fact]
    public void A_pattern_that_is_null_is_refused()
        => Assert.Throws<ModelStoreException>(() => ModelFilter.Create(null, [null!]));

    [Fact]
    public void Nothing_included_is_everything()
    {
        Assert.Same(ModelFilter.All, ModelFilter.Create([], null));
        Assert.True(ModelFilter.All.Matches("anything/at all"));
        Assert.True(ModelFilter.Create(null, ["*.bin"]).Matches("a.json"));
    }

    [Fact]
    public void Exclude_wins_over_include()
    {
        var filter = ModelFilter.Create(["*.json", "onnx/"], ["onnx/*.json", "tokenizer*"]);

        Assert.True(filter.Matches("config.json"));
        Assert.True(filter.Matches("onnx/model.onnx"));
        Assert.False(filter.Matches("onnx/config.json"));
        Assert.False(filter.Matches("tokenizer.json"));
        Assert.False(filter.Matches("model.safetensors"));
    }
}

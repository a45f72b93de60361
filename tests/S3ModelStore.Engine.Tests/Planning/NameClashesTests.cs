using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using Xunit;

namespace S3ModelStore.Engine.Tests.Planning;

public sealed class NameClashesTests
{
    private static readonly PlatformNames[] All = [PlatformNames.Windows, PlatformNames.Linux, PlatformNames.MacOS];

    public static TheoryData<string> Platforms => ["Windows", "Linux", "macOS"];

    [Theory]
    [InlineData("A.txt", "a.txt", "Windows,macOS")]
    [InlineData("a/B/c", "A/b/C", "Windows,macOS")]
    [InlineData("caf\u00E9", "cafe\u0301", "macOS")]
    [InlineData("CAF\u00C9", "cafe\u0301", "macOS")]
    [InlineData("\u01F0", "J\u030C", "macOS")]
    [InlineData("a", "a", "Windows,Linux,macOS")]
    public void Twins_are_refused_both(string one, string other, string platforms)
    {
        foreach (var names in All)
        {
            foreach (var policy in Enum.GetValues<NamePolicy>())
            {
                var map = Map(names, policy, "before", one, "between", other);
                if (!platforms.Contains(names.Name, StringComparison.Ordinal))
                {
                    Assert.Empty(map.Refusals);
                    continue;
                }

                Assert.Equal([1, 3], map.Refusals.Keys);
                Assert.All(map.Refusals.Values, r => Assert.Equal(ModelStoreErrorCode.NameConflict, r.Code));
                Assert.Null(map[1]);
                Assert.Null(map[3]);
                Assert.NotNull(map[2]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void A_file_named_like_a_directory_is_refused_and_the_directory_stays(string platform)
    {
        var names = All.Single(n => n.Name == platform);
        var map = Map(names, NamePolicy.Skip, "a/b/c", "a", "a/b", "d/e/f", "d/e/g");

        Assert.Equal([1, 2], map.Refusals.Keys);
        Assert.Contains("'a/b/c'", map.Refusals[1].Reason, StringComparison.Ordinal);
        map.ThrowIfRefused();
    }

    [Fact]
    public void A_file_clashes_with_a_directory_as_the_platform_compares_names()
    {
        Assert.Equal([0], Map(PlatformNames.Windows, NamePolicy.Error, "A", "a/b").Refusals.Keys);
        Assert.Empty(Map(PlatformNames.Linux, NamePolicy.Error, "A", "a/b").Refusals);
    }

    private static PathMap Map(PlatformNames names, NamePolicy policy, params string[] keys)
        => new PathMapper(names, policy).Map(keys, "/models/llm");
}

using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using Xunit;

namespace S3ModelStore.Engine.Tests.Planning;

/// <summary>Every hostile key on every platform under every policy.</summary>
public sealed class HostileKeyTests
{
    private const string Destination = "/m";

    private static readonly PlatformNames[] Platforms = [PlatformNames.Linux, PlatformNames.MacOS, PlatformNames.Windows];

    [Fact]
    public void It_is_refused_where_it_does_harm_and_is_itself_elsewhere()
    {
        foreach (var names in Platforms)
        {
            foreach (var (key, refused) in HostileKeys.All)
            {
                foreach (var policy in (NamePolicy[])[NamePolicy.Error, NamePolicy.Skip])
                {
                    var map = new PathMapper(names, policy).Map([key], Destination);
                    Assert.True(HostileKeys.IsRefused(refused, names) == map.Refusals.ContainsKey(0), $"{names.Name}: {key} is {map[0]}");
                    if (map[0] is { } path)
                        Assert.Equal(key.Replace('/', names.Separator), path);
                }
            }
        }
    }

    [Fact]
    public void Escaped_it_is_a_name_of_its_own_that_is_safe_as_it_stands()
    {
        foreach (var names in Platforms)
        {
            var seen = new Dictionary<string, string>(names.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
            foreach (var (key, _) in HostileKeys.All)
            {
                if (new PathMapper(names, NamePolicy.Escape).Map([key], Destination)[0] is not { } path)
                {
                    // No escaping makes a whole path shorter, or half a character whole.
                    Assert.True(key.Length > 1000 || SegmentRules.HalfSurrogate(key) is not null, $"{names.Name}: {key}");
                    continue;
                }

                var again = path.Replace(names.Separator, '/');
                Assert.Null(new SegmentRules(names).FaultOf(again));
                Assert.Equal($"{Destination}/{again}", Path.GetFullPath($"{Destination}/{again}"));
                Assert.True(seen.TryAdd(path, key) || string.Equals(seen[path], key, StringComparison.OrdinalIgnoreCase), $"{names.Name}: {key} and {seen[path]} are {path}");
            }
        }
    }

    [Fact]
    public void Each_is_named_in_the_error_and_printable_there()
    {
        foreach (var names in Platforms)
        {
            foreach (var keys in HostileKeys.All.Where(item => HostileKeys.IsRefused(item.Refused, names)).Select(item => item.Key).Chunk(20))
            {
                var error = Assert.Throws<ModelStoreException>(new PathMapper(names, NamePolicy.Error).Map(keys, Destination).ThrowIfRefused);

                Assert.DoesNotContain(error.Message, char.IsControl);
                Assert.All(keys.Where(key => !key.Any(c => char.IsControl(c) || char.IsSurrogate(c))), key => Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("stra\u00DFe", "strasse")]
    [InlineData("STRA\u1E9EE", "strasse")]
    [InlineData("mi\u017Ft", "mist")]
    [InlineData("\uFB01le", "file")]
    [InlineData("\u212A", "k")]
    [InlineData("\u00C5", "a\u030A")]
    [InlineData("\u03C3", "\u03C2")]
    public void MacOS_folds_more_than_case(string one, string other)
    {
        var map = new PathMapper(PlatformNames.MacOS, NamePolicy.Escape).Map([one, other], Destination);

        Assert.Equal([ModelStoreErrorCode.NameConflict, ModelStoreErrorCode.NameConflict], map.Refusals.Values.Select(refusal => refusal.Code));
        Assert.Empty(new PathMapper(PlatformNames.Linux, NamePolicy.Escape).Map([one, other], Destination).Refusals);
    }
}

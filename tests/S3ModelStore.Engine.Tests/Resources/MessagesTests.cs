using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;
using Xunit;

namespace S3ModelStore.Engine.Tests.Resources;

/// <summary>Every text has its member, every member its text, and what the one is given the other shows.</summary>
public sealed class MessagesTests
{
    private static readonly Dictionary<string, string> Texts = new ResourceManager(typeof(Messages))
        .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    private static readonly MethodInfo[] Members =
    [
        .. typeof(Messages).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly),
    ];

    [Fact]
    public void Every_text_has_a_member_and_every_member_a_text()
        => Assert.Equal(Texts.Keys.Order(StringComparer.Ordinal), Members.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_member_fills_every_place_of_its_text()
    {
        foreach (var member in Members)
        {
            // Fewer places than values, or a place twice instead of another, is for the next test to see.
            Assert.Equal(member.GetParameters().Length, CompositeFormat.Parse(Texts[NameOf(member)]).MinimumArgumentCount);
        }
    }

    [Fact]
    public void Every_member_says_what_it_is_given()
    {
        foreach (var member in Members)
        {
            var values = member.GetParameters().Select((parameter, index) => Sample(parameter.ParameterType, index)).ToArray();
            var said = (string)member.Invoke(null, values)!;
            Assert.All(values, value => Assert.True(
                value is int unit && said.Contains($"U+{unit:X4}", StringComparison.Ordinal) || said.Contains($"{value}", StringComparison.Ordinal),
                $"{NameOf(member)}: {said}"));
            Assert.DoesNotContain("{", said, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', said);
        }
    }

    [Fact]
    public void Every_remedy_is_a_sentence()
        => Assert.All(
            Texts.Where(text => text.Key.EndsWith("Remedy", StringComparison.Ordinal)),
            text => Assert.Matches("^[A-Z].*\\.$", text.Value));

    private static string NameOf(MethodInfo member) => member.IsSpecialName ? member.Name["get_".Length..] : member.Name;

    private static object Sample(Type type, int index) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => $"<{index}>",
        var t when t == typeof(int) => 100 + index,
        var t when t == typeof(long) => 200L + index,
        var t when t == typeof(ulong) => 400UL + (ulong)index,
        var t when t == typeof(double) => 300.0 + index,
        var t when t == typeof(char) => (char)('À' + index),
        var t when t == typeof(TimeSpan) => TimeSpan.FromSeconds(1 + index),
        var t when t == typeof(S3ModelUri) => S3ModelUri.Parse($"s3://bucket/{index}"),
        var t when t == typeof(VerificationLevel) => index % 2 == 0 ? VerificationLevel.Sha256 : VerificationLevel.Size,
        var t => throw new InvalidOperationException($"No sample of {t}."),
    };
}

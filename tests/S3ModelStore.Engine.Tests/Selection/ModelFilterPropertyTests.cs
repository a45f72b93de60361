using CsCheck;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using Xunit;
using static S3ModelStore.Engine.Tests.Selection.GlobOracle;

namespace S3ModelStore.Engine.Tests.Selection;

public sealed class ModelFilterPropertyTests
{
    private static readonly Gen<Token> Tokens = Gen.Frequency(
        (6, Gen.OneOf(Literal('a'), Literal('b'), Literal('.'))),
        (4, Gen.Const(new Token("*", null))),
        (1, Gen.Const(new Token("?", _ => true))),
        (1, Gen.OneOf(
            new Token("[ab]", c => c is 'a' or 'b'),
            new Token("[!a]", c => c != 'a'),
            new Token("[a-c]", c => c is >= 'a' and <= 'c'),
            new Token("[]a]", c => c is ']' or 'a'),
            new Token("[!].]", c => c is not (']' or '.')),
            new Token("[[]", c => c == '['))));

    private static readonly Gen<Token[]> Segments = Gen.Frequency(
        (3, Tokens.Array[0, 4]),
        (1, Gen.Const(new Token[] { new("*", null), new("*", null) })));

    private static readonly Gen<string> Keys = Gen.Frequency(
        (4, Gen.OneOf("a", "b", "ab", "a.b", ".", "..", "", "c", "]", "[", "\\", "\n", " ", "a.", ".b")),
        (1, Gen.OneOf('a', 'b', '.').Array[0, 4].Select(c => new string(c)))).Array[1, 5].Select(s => string.Join('/', s));

    private static readonly Gen<Pattern> Patterns =
        Gen.Select(Segments.Array[1, 4], Gen.Int[0, 3], Gen.Int[0, 5], (s, l, t) => Pattern.Of(s, l == 0, t == 0));

    [Fact]
    public void A_filter_says_what_the_rules_say()
        => Gen.Select(Patterns, Keys).Sample(
            (pattern, key) =>
            {
                if (pattern.IsValid)
                    Assert.Equal(pattern.Matches(key), ModelFilter.Create([pattern.Text], null).Matches(key));
                else
                    Assert.Equal(ModelStoreErrorCode.InvalidPattern, Assert.Throws<ModelStoreException>(() => ModelFilter.Create([pattern.Text], null)).Code);
            },
            iter: 150_000,
            print: x => $"{x.Item1.Text} on {x.Item2}");

    [Fact]
    public void Several_patterns_are_any_of_them_and_exclude_wins()
        => Gen.Select(Patterns.Array[0, 3], Patterns.Array[0, 2], Keys).Sample(
            (include, exclude, key) =>
            {
                include = [.. include.Where(p => p.IsValid)];
                exclude = [.. exclude.Where(p => p.IsValid)];
                var expected = (include.Length == 0 || include.Any(p => p.Matches(key))) && !exclude.Any(p => p.Matches(key));
                Assert.Equal(expected, ModelFilter.Create([.. include.Select(p => p.Text)], [.. exclude.Select(p => p.Text)]).Matches(key));
            },
            iter: 20_000);

    [Fact]
    public void Hostile_patterns_do_not_explode()
    {
        var filter = ModelFilter.Create(["a*a*a*a*a*a*a*a*[b]*a*a*a?", "**/a/**/a/**/a/**/a/**/a/**/b/**/x"], null);
        var key = string.Join('/', Enumerable.Repeat("a", 500)) + "/" + new string('a', 1000);

        // No clock: what explodes does not end.
        Assert.False(filter.Matches(key));
    }

    private static Token Literal(char c) => new(c.ToString(), x => x == c);

    private sealed record Pattern(Token[][] Segments, bool Leading, bool Trailing, string Text)
    {
        public bool IsValid => GlobOracle.IsValid(Segments);

        public bool Matches(string key) => GlobOracle.Matches(Segments, Leading, Trailing, key);

        // Empty segments at the ends, and a dot at the begin, write the slashes a second way.
        public static Pattern Of(Token[][] segments, bool leading, bool trailing)
        {
            var texts = segments.Select(s => string.Concat(s.Select(t => t.Text))).ToArray();
            var text = (leading ? "/" : "") + string.Join('/', texts) + (trailing ? "/" : "");
            var first = !leading && texts.Length > 1 && (texts[0] is "" or ".") ? 1 : 0;
            var last = !trailing && texts.Length - first > 1 && texts[^1].Length == 0 ? 1 : 0;
            return new Pattern(segments[first..^last], leading || first == 1, trailing || last == 1, text);
        }
    }
}

using Microsoft.Extensions.FileSystemGlobbing.Internal;

namespace S3ModelStore.Engine.Selection;

/// <summary>A segment with <c>?</c> or classes, as fnmatch reads them, for a library that has neither. One character is one code point.</summary>
internal sealed class CharacterSegment : IPathSegment
{
    // null stands for *: any run of characters.
    private readonly CharacterSet?[] _tokens;

    private CharacterSegment(CharacterSet?[] tokens) => _tokens = tokens;

    /// <inheritdoc/>
    public bool CanProduceStem => true;

    /// <param name="pattern">The whole pattern, for the error.</param>
    /// <param name="text">The segment.</param>
    public static CharacterSegment Parse(string pattern, string text)
    {
        var tokens = new List<CharacterSet?>();
        for (var i = 0; i < text.Length;)
        {
            switch (text[i])
            {
                case '*':
                    tokens.Add(null);
                    i++;
                    break;
                case '?':
                    tokens.Add(CharacterSet.Any);
                    i++;
                    break;
                case '[':
                    tokens.Add(CharacterSet.Parse(pattern, text, ref i));
                    break;
                default:
                    tokens.Add(CharacterSet.Of(CodePoint(text, ref i)));
                    break;
            }
        }

        return new CharacterSegment([.. tokens]);
    }

    /// <inheritdoc/>
    public bool Match(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int token = 0, position = 0, star = -1, resume = 0;
        while (position < value.Length)
        {
            var next = position;
            var character = CodePoint(value, ref next);
            if (token < _tokens.Length && _tokens[token] is null)
            {
                star = token++;
                resume = position;
            }
            else if (token < _tokens.Length && _tokens[token]!.Contains(character))
            {
                token++;
                position = next;
            }
            else if (star >= 0)
            {
                // Only the last * ever has to take one character more: the ones before it took as little as they could.
                CodePoint(value, ref resume);
                position = resume;
                token = star + 1;
            }
            else
            {
                return false;
            }
        }

        while (token < _tokens.Length && _tokens[token] is null)
            token++;
        return token == _tokens.Length;
    }

    internal static int CodePoint(string text, ref int position)
    {
        if (position + 1 < text.Length && char.IsSurrogatePair(text[position], text[position + 1]))
        {
            position += 2;
            return char.ConvertToUtf32(text[position - 2], text[position - 1]);
        }

        return text[position++];
    }
}

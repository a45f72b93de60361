using System.Buffers;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>The signed headers in canonical order.</summary>
internal ref struct SigV4HeaderList
{
    private static readonly SearchValues<char> OtherWhiteSpace = SearchValues.Create("\t\n\v\f\r");

    private readonly Span<SigV4Header> _sorted;
    private int _count;

    /// <param name="room">For every header that will be added.</param>
    public SigV4HeaderList(Span<SigV4Header> room)
    {
        _sorted = room;
    }

    // Insertion, because it is stable (values of a repeated header keep their order) and the list is short.
    public void Add(string name, string value)
    {
        if (name.AsSpan().ContainsAnyInRange('A', 'Z'))
            throw new ArgumentException($"The header name '{name}' is not in lower case.", nameof(name));
        var at = _count++;
        for (; at > 0 && string.CompareOrdinal(_sorted[at - 1].Name, name) > 0; at--)
            _sorted[at] = _sorted[at - 1];
        _sorted[at] = new SigV4Header(name, value);
    }

    /// <summary><c>name:value</c> lines; the values of a repeated header are joined with commas.</summary>
    public readonly void WriteCanonical(ref Utf8Buffer buffer)
    {
        for (var i = 0; i < _count; i++)
        {
            if (IsRepeated(i))
            {
                buffer.Append((byte)',');
            }
            else
            {
                if (i > 0)
                    buffer.Append((byte)'\n');
                buffer.Append(_sorted[i].Name);
                buffer.Append((byte)':');
            }

            WriteValue(ref buffer, _sorted[i].Value);
        }

        buffer.Append((byte)'\n');
    }

    /// <summary><c>name;name</c>.</summary>
    public readonly void WriteNames(ref Utf8Buffer buffer)
    {
        for (var i = 0; i < _count; i++)
        {
            if (IsRepeated(i))
                continue;
            if (i > 0)
                buffer.Append((byte)';');
            buffer.Append(_sorted[i].Name);
        }
    }

    // Trimmed, and every run of white space is one space. An ETag may hold such runs, and the server collapses them as well.
    private static void WriteValue(ref Utf8Buffer buffer, string value)
    {
        var rest = value.AsSpan().Trim();
        if (!rest.Contains("  ", StringComparison.Ordinal) && !rest.ContainsAny(OtherWhiteSpace))
        {
            buffer.Append(rest);
            return;
        }

        while (!rest.IsEmpty)
        {
            var end = 0;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
                end++;
            buffer.Append(rest[..end]);
            rest = rest[end..].TrimStart();
            if (!rest.IsEmpty)
                buffer.Append((byte)' ');
        }
    }

    private readonly bool IsRepeated(int index) => index > 0 && _sorted[index].Name == _sorted[index - 1].Name;
}

using System.Text;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Selection;

/// <summary>Rows of CSV by RFC 4180: a field in double quotes may hold the separator, line ends and, doubled, quotes.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc4180#section-2</remarks>
internal sealed class DelimitedRows
{
    private readonly string _text;
    private readonly char _delimiter;
    private readonly string _file;
    private readonly StringBuilder _field = new();
    private int _position;
    private int _nextLine;

    public DelimitedRows(string text, char delimiter, int begin, int line, string file)
    {
        _text = text;
        _delimiter = delimiter;
        _position = begin;
        _nextLine = line;
        _file = file;
    }

    /// <summary>Where the current row begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Of the current row; used again for the next one.</summary>
    public List<string> Fields { get; } = [];

    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.InvalidFileSpec"/> for a quote without its end.</exception>
    public bool MoveNext()
    {
        if (_position >= _text.Length)
            return false;
        Fields.Clear();
        Line = _nextLine;
        do
        {
            Fields.Add(ReadField());
        }
        while (TakeDelimiter());
        if (_position < _text.Length)
            _position++;
        _nextLine++;
        return true;
    }

    private bool TakeDelimiter()
    {
        if (_position >= _text.Length || _text[_position] != _delimiter)
            return false;
        _position++;
        return true;
    }

    private string ReadField()
    {
        if (_position >= _text.Length || _text[_position] != '"')
            return ReadPlain();
        _field.Clear();
        for (var begin = _position++; ; _position++)
        {
            if (_position >= _text.Length)
                throw new FileSpecOrigin(_file, Line).Error(Messages.QuoteNotClosed, Messages.QuoteNotClosedRemedy, cause: null);
            var c = _text[_position];
            if (c == '"' && (_position + 1 >= _text.Length || _text[_position + 1] != '"'))
                break;
            if (c == '"')
                _position++;
            if (c == '\n')
                _nextLine++;
            _field.Append(c);
        }

        _position++;
        // What stands between the closing quote and the separator belongs to no rule; it is kept, as other readers do.
        return _field.Append(ReadPlain()).ToString();
    }

    private string ReadPlain()
    {
        var rest = _text.AsSpan(_position);
        var length = rest.IndexOfAny(_delimiter, '\n');
        length = length < 0 ? rest.Length : length;
        _position += length;
        var field = rest[..length];
        return (_position >= _text.Length || _text[_position] == '\n' ? field.TrimEnd('\r') : field).ToString();
    }
}

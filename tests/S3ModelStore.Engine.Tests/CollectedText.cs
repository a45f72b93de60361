using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Json;
using S3ModelStore.Engine.Errors;
using Xunit;

namespace S3ModelStore.Engine.Tests;

/// <summary>Everything that came out, as text, to be searched for what must not.</summary>
internal sealed class CollectedText
{
    private readonly StringBuilder _text = new();

    public void Add(string? line) => _text.AppendLine(line);

    public void Add<T>(T value)
        where T : class
        => _text.AppendLine(value.ToString()).AppendLine(JsonSerializer.Serialize(value));

    public void Add(ModelStoreException error)
    {
        for (Exception? each = error; each is not null; each = each.InnerException)
        {
            _text.AppendLine(each.ToString());
            foreach (DictionaryEntry entry in each.Data)
                _text.Append(entry.Key).Append('=').Append(entry.Value).AppendLine();
        }

        _text.AppendLine(error.Remedy).AppendLine(error.Target).AppendLine(error.ServerCode).AppendLine(error.RequestId);
    }

    /// <summary>Names and bytes of all files below a directory, but for those with this extension.</summary>
    public void AddFiles(string directory, string? except = null)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) != except))
            _text.AppendLine(path).AppendLine(Encoding.Latin1.GetString(File.ReadAllBytes(path)));
    }

    /// <summary>None of them is there, in any of the ways it may be written.</summary>
    public void AssertHoldsNone(params IEnumerable<string> secrets)
    {
        var text = _text.ToString();
        Assert.Contains("s3://", text, StringComparison.Ordinal);
        foreach (var planted in secrets)
        {
            Assert.DoesNotContain(planted, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(planted), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(JsonEncodedText.Encode(planted).ToString(), text, StringComparison.Ordinal);
        }
    }

    /// <summary>The same for many secrets that can only be written in one way.</summary>
    public void AssertHoldsNoneOf(IReadOnlyCollection<string> secrets)
    {
        var text = _text.ToString();
        var found = text.AsSpan().IndexOfAny(SearchValues.Create([.. secrets], StringComparison.Ordinal));
        Assert.True(found < 0, "A secret in: " + text[Math.Max(0, found - 200)..Math.Clamp(found + 100, 0, text.Length)]);
    }
}

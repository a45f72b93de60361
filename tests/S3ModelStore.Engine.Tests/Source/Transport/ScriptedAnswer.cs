using System.Text;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>What a <see cref="ScriptedServer"/> sends to one request, each piece in a write of its own.</summary>
/// <param name="Closes">The connection ends behind it; otherwise the next request is waited for.</param>
/// <param name="Pieces">Bytes as they go out.</param>
internal sealed record ScriptedAnswer(bool Closes, params byte[][] Pieces)
{
    /// <summary>The request is read and nothing said to it.</summary>
    public static ScriptedAnswer Silence { get; } = new(Closes: false);

    public static ScriptedAnswer Of(params string[] pieces) => new(Closes: false, [.. pieces.Select(Encoding.Latin1.GetBytes)]);

    public static ScriptedAnswer Ok(string body) => Of($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    public ScriptedAnswer ThenClose() => this with { Closes = true };

    public ScriptedAnswer ByteByByte() => this with { Pieces = [.. Pieces.SelectMany(piece => piece).Select(each => new[] { each })] };
}

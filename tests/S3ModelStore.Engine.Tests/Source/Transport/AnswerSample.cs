using System.Globalization;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>An answer as stores send them, and what it means.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Wire">Bytes as Latin-1.</param>
/// <param name="Body">Bytes as Latin-1.</param>
internal sealed record AnswerSample(string Name, string Wire, string Body)
{
    // Neither as long as a buffer nor all the same.
    public static readonly string Long = string.Concat(Enumerable.Range(0, 40_000).Select(i => (char)(i * 31 % 251)));

    public static readonly IReadOnlyList<AnswerSample> All =
    [
        new("Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("Content-Length in other letters", "HTTP/1.1 200 OK\r\ncONTENT-lENGTH:5\r\n\r\nhello", "hello"),
        new("White space around a value", "HTTP/1.1 200 OK\r\nContent-Length: \t 5 \t\r\n\r\nhello", "hello"),
        new("Content-Length twice", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: \"e\"\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("No body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""),
        new("A body with line ends", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\r\n\r\n\n\n\r\n", "\r\n\r\n\n\n\r\n"),
        new("Part of an object", "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 3-7/100\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("An error", "HTTP/1.1 503 Slow Down\r\nRetry-After: 1\r\nContent-Length: 8\r\n\r\n<Error/>", "<Error/>"),
        new("No reason", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("An empty reason", "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("An empty value", "HTTP/1.1 200 OK\r\nx-amz-meta:\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("A colon in a value", "HTTP/1.1 200 OK\r\nx-amz-meta: a: b\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("Bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "hello"),
        new("204", "HTTP/1.1 204 No Content\r\nETag: \"e\"\r\n\r\n", ""),
        new("304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ""),
        new("100 before the answer", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello") { Status = 200 },
        new("100 and 103 before the answer", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </s>\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello") { Status = 200 },
        new("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("A long body", $"HTTP/1.1 200 OK\r\nContent-Length: {Long.Length}\r\n\r\n{Long}", Long),
        new("A long head", $"HTTP/1.1 200 OK\r\nx-amz-meta: {new string('m', 40_000)}\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        new("A chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
        new("Chunked in other letters", "HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
        new("Several chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n3\r\nell\r\n01\r\no\r\n0000\r\n\r\n", "hello"),
        new("No chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""),
        new("Chunks with line ends", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n3\r\n0\r\n\r\n0\r\n\r\n", "\r\n\r\n0\r\n"),
        new("Chunks with lengths in capitals", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", "abcdefghijklmnopqrstuvwxyz"),
        new("Chunks with lengths in small letters", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", "abcdefghijklmnopqrstuvwxyz"),
        new("Chunks with extensions", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a\r\nhe\r\n3 ; a=\"b;c\"\r\nllo\r\n0;last\r\n\r\n", "hello"),
        new("Chunks with trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-amz-checksum-crc32: AAAAAA==\r\nContent-Length: 9\r\n\r\n", "hello"),
        new("Chunks beside a length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
        new("Long chunks", $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{20_000:x}\r\n{Long[..20_000]}\r\n{20_000:X}\r\n{Long[20_000..]}\r\n0\r\n\r\n", Long),
        new("Until the connection ends", "HTTP/1.1 200 OK\r\nETag: \"e\"\r\n\r\nhello", "hello") { Closes = true },
        new("A long body until the connection ends", $"HTTP/1.1 200 OK\r\n\r\n{Long}", Long) { Closes = true },
        new("Nothing until the connection ends", "HTTP/1.1 200 OK\r\n\r\n", "") { Closes = true },
        new("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n", "") { Method = "HEAD" },
        new("HEAD of what would be chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "") { Method = "HEAD" },
        new("HEAD without a length", "HTTP/1.1 404 Not Found\r\nConnection: keep-alive\r\n\r\n", "") { Method = "HEAD" },
    ];

    public string Method { get; init; } = "GET";

    /// <summary>The connection's end is the body's.</summary>
    public bool Closes { get; init; }

    /// <summary>The first that is told, unless that only announces another.</summary>
    public int Status { get; init; } = int.Parse(Wire.AsSpan(9, 3), CultureInfo.InvariantCulture);

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public static AnswerSample Of(string name) => All.Single(sample => sample.Name == name);

    public override string ToString() => Name;
}

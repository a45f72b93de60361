using System.Net;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>A response before it is written: the bytes from Offset on, Length of them, are its body.</summary>
public sealed class Answer
{
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public ObjectContent Content { get; set; } = ObjectContent.Empty;

    public long Offset { get; set; }

    public long Length { get; set; }

    /// <summary>How it is written instead, past the web server.</summary>
    internal WireLie? Lie { get; set; }

    /// <summary>The body is an object's, and counts as such in the log.</summary>
    internal bool IsObject { get; init; }

    internal static Answer OfDocument(HttpStatusCode status, string contentType, byte[] document)
    {
        var answer = new Answer { Status = status, Content = ObjectContent.FromBytes(document), Length = document.Length };
        answer.Headers["Content-Type"] = contentType;
        return answer;
    }
}

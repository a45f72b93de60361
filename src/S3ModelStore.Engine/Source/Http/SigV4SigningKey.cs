using System.Security.Cryptography;
using System.Text;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>
/// The key of one day, region, service and secret. Deriving it takes four of the five HMACs of a signature, so it is kept.
/// </summary>
/// <remarks><see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key"/></remarks>
internal sealed class SigV4SigningKey
{
    private const string Terminator = "aws4_request";

    private readonly string _secret;
    private readonly byte[] _key = new byte[HMACSHA256.HashSizeInBytes];

    public SigV4SigningKey(string secret, ReadOnlySpan<char> date, string region, string service)
    {
        _secret = secret;
        Scope = $"{date}/{region}/{service}/{Terminator}";
        var start = Encoding.UTF8.GetBytes("AWS4" + secret);
        try
        {
            Derive(start, date);
            Derive(_key, region);
            Derive(_key, service);
            Derive(_key, Terminator);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(start);
        }
    }

    /// <summary><c>date/region/service/aws4_request</c>.</summary>
    public string Scope { get; }

    public bool Fits(string secret, ReadOnlySpan<char> date) => Scope.AsSpan().StartsWith(date) && _secret == secret;

    /// <param name="stringToSign">UTF-8.</param>
    /// <param name="signature">Receives <see cref="HMACSHA256.HashSizeInBytes"/> bytes.</param>
    public void Sign(ReadOnlySpan<byte> stringToSign, Span<byte> signature) => HMACSHA256.HashData(_key, stringToSign, signature);

    public override string ToString() => Scope;

    private void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<char> text)
    {
        Span<byte> stack = stackalloc byte[256];
        Span<byte> derived = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var buffer = new Utf8Buffer(stack);
        try
        {
            buffer.Append(text);
            HMACSHA256.HashData(key, buffer.Written, derived);
            derived.CopyTo(_key);
        }
        finally
        {
            buffer.Dispose();
        }
    }
}

using CsCheck;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source.Transport;

/// <summary>Whatever comes, in whatever pieces: an answer, or an error that is expected, and never more than was told.</summary>
public sealed class AnswerFuzzTests
{
    private static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", ";", ",", "\r\n\r\n", "0\r\n\r\n", "-", "+", "0x", "f", "F", "00000000", "\u00ff",
        "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 ", "204", "Content-Length: 3\r\n", "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", new('9', 20), new('a', 5_000),
    ];

    // Short ones: in a long body nearly every change is one of the body's.
    private static readonly Gen<AnswerSample> Samples = Gen.OneOf(AnswerSample.All.Where(sample => sample.Wire.Length < 1000).ToArray());

    private static readonly Gen<Func<string, string>> Changes = Gen.Select(Gen.Int[0, 4], Gen.Double.Unit, Gen.Int[0, 12], Gen.OneOf(Fragments), Gen.Char['\0', '\u00ff'])
        .Select<(int Kind, double Where, int Count, string Fragment, char Other), Func<string, string>>(change => text =>
        {
            var at = (int)(change.Where * text.Length);
            var count = Math.Min(change.Count, text.Length - at);
            return change.Kind switch
            {
                0 => text.Insert(at, change.Fragment),
                1 => text.Remove(at, count),
                2 => text.Insert(at, text.Substring(at, count)),
                3 => text[..at],
                _ => text.Remove(at, Math.Min(1, count)).Insert(at, change.Other.ToString()),
            };
        });

    private static readonly Gen<string[]> Cuts = Gen.Select(
        Samples, Changes.Array[0, 3], Gen.Double.Unit.Array[0, 6],
        (sample, changes, cuts) => Cut(changes.Aggregate(sample.Wire, (text, change) => change(text)), cuts));

    [Fact]
    public void A_damaged_answer_is_an_answer_or_an_error()
        => Gen.Select(Cuts, Gen.OneOf("GET", "HEAD"), Gen.Int[1, 300]).Sample(AssertKeepsItsWord, iter: 40_000);

    private static void AssertKeepsItsWord(string[] pieces, string method, int bufferSize)
    {
        using var connection = new PiecewiseConnection(pieces);
        var length = pieces.Sum(piece => piece.Length);
        var (body, reads) = (0L, 0);
        try
        {
            using var answer = connection.Exchange(method, CancellationToken.None);
            var told = method == "HEAD" || answer.Status is 204 or 304 ? 0 : answer.ContentLength;
            var buffer = new byte[bufferSize];
            for (int read; (read = answer.Read(buffer, CancellationToken.None)) > 0; reads++)
            {
                body += read;
                Assert.True(body <= (told ?? length), "More came than was told.");
                Assert.True(reads < length, "It does not end.");
            }

            Assert.True(told is null || body == told, "Less came than was told, and nobody said so.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return;
        }
    }

    private static string[] Cut(string text, double[] cuts)
    {
        int[] places = [0, .. cuts.Select(cut => (int)(cut * text.Length)).Order(), text.Length];
        return [.. places.Zip(places.Skip(1), (from, to) => text[from..to])];
    }
}

using System.Text;
using S3ModelStore.TestServer.Catalog;

namespace S3ModelStore.TestServer.Protocol;

/// <summary>
/// Continuation tokens. The opaque kind is base64 with a mark, and so holds '+', '/' and '=' which a client must encode.
/// The raw kind is the last key itself, as Ceph answers.
/// </summary>
internal sealed class ListTokens(bool raw)
{
    private const char KeyMark = '1';
    private const char PrefixMark = '2';

    public string Write(ListResumePoint point) =>
        raw ? point.Entry : Convert.ToBase64String(Encoding.UTF8.GetBytes((point.IsCommonPrefix ? PrefixMark : KeyMark) + "?>" + point.Entry));

    public bool TryRead(string token, string delimiter, out ListResumePoint point)
    {
        if (raw)
        {
            point = new ListResumePoint(token, delimiter.Length > 0 && token.EndsWith(delimiter, StringComparison.Ordinal));
            return true;
        }

        point = new ListResumePoint("", IsCommonPrefix: false);
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var count) || count < 3)
            return false;

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        point = new ListResumePoint(text[3..], text[0] == PrefixMark);
        return true;
    }
}

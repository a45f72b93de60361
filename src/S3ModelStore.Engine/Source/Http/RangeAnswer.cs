using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source.Transport;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>Whether the answer to a GET is about exactly the bytes that were asked for.</summary>
internal static class RangeAnswer
{
    /// <exception cref="ModelStoreException">
    /// <see cref="ModelStoreErrorCode.ObjectChanged"/> when they are another object's; <see cref="ModelStoreErrorCode.ProtocolError"/>
    /// when they are other bytes of this one.
    /// </exception>
    public static void Require(StoreAnswer answer, ObjectRange range, string target)
    {
        RequireUnencoded(answer, range, target);
        var etag = answer.Header("ETag");
        if (etag is not null && range.ETag.Length > 0 && Unquote(etag) != range.ETag)
            throw Changed(target, Messages.ETagIsOther(Unquote(etag), range.ETag));
        if (range.IsWhole)
            RequireWhole(answer, range, target);
        else
            RequirePart(answer, range, target);
    }

    /// <summary>An entity tag without quotes and weakness.</summary>
    public static string Unquote(string etag)
        => (etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag).Trim('"');

    // An object may be stored compressed, and then says so and has the length that was listed. With any other length, or with none, as from
    // proxies that compress on the fly, these are not the object's bytes. Asked before anything else: such proxies change the ETag too.
    private static void RequireUnencoded(StoreAnswer answer, ObjectRange range, string target)
    {
        var encodings = answer.Elements("Content-Encoding").Where(encoding => encoding is not ("identity" or "aws-chunked")).ToList();
        if (encodings.Count > 0 && answer.ContentLength != range.Length)
            throw Odd(answer, target, Messages.WasCompressed(string.Join(", ", encodings)));
    }

    private static void RequireWhole(StoreAnswer answer, ObjectRange range, string target)
    {
        if (answer.Status != 200)
            throw Odd(answer, target, Messages.StatusForWholeObject(answer.Status));
        if (answer.ContentLength is { } length && length != range.Size)
            throw Changed(target, Messages.SizeIsOther(length, range.Size));
    }

    private static void RequirePart(StoreAnswer answer, ObjectRange range, string target)
    {
        if (answer.Status == 200)
            throw Changed(target, Messages.WholeObjectSent);
        if (!ContentRange.TryParse(answer.Header("Content-Range"), out var answered))
            throw Odd(answer, target, Messages.ContentRangeMissing);
        if (answered.Total is { } total && total != range.Size)
            throw Changed(target, Messages.SizeIsOther(total, range.Size));
        if (answered.First != range.Offset || answered.Length != range.Length)
            throw Odd(answer, target, Messages.ContentRangeIsOther(answered.First, answered.Last, range.Offset, range.Offset + range.Length - 1));
        if (answer.ContentLength is { } length && length != range.Length)
            throw Odd(answer, target, Messages.ContentLengthIsOther(length, range.Length));
    }

    private static ModelStoreException Changed(string target, string how)
        => new(ModelStoreErrorCode.ObjectChanged, Messages.ObjectReplacedHow(target, how), Messages.ObjectReplacedRemedy, target);

    private static ModelStoreException Odd(StoreAnswer answer, string target, string what)
        => new(
            ModelStoreErrorCode.ProtocolError,
            Messages.AnswerIsOdd(target, what),
            Messages.NotS3Remedy,
            target)
        {
            StatusCode = answer.Status,
        };
}

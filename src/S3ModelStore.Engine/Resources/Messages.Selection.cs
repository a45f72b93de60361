namespace S3ModelStore.Engine.Resources;

/// <content>Of patterns and file specifications.</content>
public static partial class Messages
{
    public static string ClassNotClosed => Text();

    public static string ClassNotClosedRemedy => Text();

    public static string ContradictionRemedy => Text();

    public static string DigestsContradict(string path, string one, string other) => Text([path, one, other]);

    public static string EscapeUnknown(string path) => Text([path]);

    public static string EscapeUnknownRemedy => Text();

    public static string FieldCountIsOther(int fields, int names) => Text([fields, names]);

    public static string FieldCountIsOtherRemedy => Text();

    public static string FileAndLine(string file, int line) => Text([file, line]);

    public static string FileSpecFormatRemedy => Text();

    public static string FileSpecFormatUnknown => Text();

    public static string FileSpecNamesNoFile => Text();

    public static string FileSpecNotText => Text();

    public static string FileSpecTooLargeRemedy => Text();

    public static string FileSpecTooManyBytes(long bytes, long limit) => Text([bytes, limit]);

    public static string FileSpecTooManyCharacters(int characters, long limit) => Text([characters, limit]);

    public static string FileSpecUnreadable(string reason) => Text([reason]);

    public static string FileSpecUnreadableRemedy => Text();

    public static string FileSpecUnusable => Text();

    public static string JsonElementNotAnObject => Text();

    public static string JsonHalfASurrogatePair => Text();

    public static string JsonHalfASurrogatePairRemedy => Text();

    public static string JsonInvalid(string reason) => Text([reason]);

    public static string JsonInvalidRemedy => Text();

    public static string JsonShapeRemedy => Text();

    public static string JsonValueNotNumber(string name) => Text([name]);

    public static string JsonValueNotText(string name) => Text([name]);

    public static string JsonWithoutFiles => Text();

    public static string NotAChecksumLine => Text();

    public static string NotAChecksumLineRemedy => Text();

    public static string PatternEmptyRemedy => Text();

    public static string PatternHasBackslash => Text();

    public static string PatternHasBackslashRemedy => Text();

    public static string PatternHasEmptySegment => Text();

    public static string PatternHasEmptySegmentRemedy => Text();

    public static string PatternInvalid(string? pattern, string reason) => Text([pattern, reason]);

    public static string PatternNamesNothing => Text();

    public static string PatternNamesNothingRemedy => Text();

    public static string PatternSegmentNotAName(string segment) => Text([segment]);

    public static string PatternSegmentNotANameRemedy => Text();

    public static string QuoteNotClosed => Text();

    public static string QuoteNotClosedRemedy => Text();

    public static string RangeRunsBackwards(string first, string last) => Text([first, last]);

    public static string RangeRunsBackwardsRemedy(string first, string last) => Text([first, last]);

    public static string SizesContradict(string path, long one, long other) => Text([path, one, other]);

    public static string SpecifiedDigestInvalid(string text, string path, int digits) => Text([text, path, digits]);

    public static string SpecifiedDigestRemedy => Text();

    public static string SpecifiedPathAbsolute(string path) => Text([path]);

    public static string SpecifiedPathHasBackslash(string path) => Text([path]);

    public static string SpecifiedPathHasNul => Text();

    public static string SpecifiedPathHasSegment(string path, string segment) => Text([path, segment]);

    public static string SpecifiedPathMissing => Text();

    public static string SpecifiedPathRemedy => Text();

    public static string SpecifiedSizeNegative(string text, string path) => Text([text, path]);

    public static string SpecifiedSizeNotWhole(string text, string path) => Text([text, path]);

    public static string SpecifiedSizeRemedy => Text();

    public static string TaggedLineWithoutDigest => Text();

    public static string TaggedLineWithoutDigestRemedy => Text();
}

using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Resources;

/// <content>Of names and plans.</content>
public static partial class Messages
{
    public static string AndMore(int count) => Text([count]);

    public static string AndMoreKeys(string keys) => Text([keys]);

    public static string BeginsWithDrive(string drive) => Text([drive]);

    public static string BeginsWithSlash => Text();

    public static string BelowOwnDirectory(string segment) => Text([segment]);

    public static string ClashesEscapedRemedy => Text();

    public static string ClashesRemedy => Text();

    public static string EmptySegment => Text();

    public static string FileSpecMismatch(S3ModelUri source, string faults, string rest) => Text([source, faults, rest]);

    public static string FileSpecMismatchRemedy => Text();

    public static string FileWhereDirectoryNeeded(string other) => Text([other]);

    public static string FilledByAnotherSource => Text();

    public static string HalfASurrogatePair(int unit) => Text([unit]);

    public static string HasBackslash => Text();

    public static string HasCharacter(char character, string platform) => Text([character, platform]);

    public static string HasControlCharacter(int unit) => Text([unit]);

    public static string Keys(int count) => Text([count]);

    public static string KeysRefused(string keys, string destination, string faults, string rest) => Text([keys, destination, faults, rest]);

    public static string NothingMatchesRemedy => Text();

    public static string OneKey => Text();

    public static string PathTooManyBytes(int limit, string platform) => Text([limit, platform]);

    public static string PathTooManyCharacters(int limit, string platform) => Text([limit, platform]);

    public static string SameNameAs(string other, string platform) => Text([other, platform]);

    public static string SegmentEndsInDot(string platform) => Text([platform]);

    public static string SegmentEndsInSpace(string platform) => Text([platform]);

    public static string SegmentIsDevice(string segment, string platform) => Text([segment, platform]);

    public static string SegmentLeadsElsewhere(string segment) => Text([segment]);

    public static string SegmentTooManyBytes(int limit, string platform) => Text([limit, platform]);

    public static string SegmentTooManyCharacters(int limit, string platform) => Text([limit, platform]);

    public static string SpecifiedNotThere(string path) => Text([path]);

    public static string SpecifiedOtherSize(string path, long found, long expected) => Text([path, found, expected]);

    public static string UnsafeEscapedRemedy => Text();

    public static string UnsafeRemedy => Text();
}

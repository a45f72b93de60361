using System.Globalization;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Resources;

/// <content>Of transfers.</content>
public static partial class Messages
{
    public static string AnotherProcessWritesIt => Text();

    public static string ChangedSinceMeasured(string target) => Text([target]);

    public static string ChangedSinceMeasuredRemedy => Text();

    public static string ChangedSinceSaved => Text();

    public static string ChecksumMismatch(string target, string found, string expected) => Text([target, found, expected]);

    public static string ChecksumMismatchRemedy => Text();

    public static string ConnectionsBack(int now) => Text([now]);

    public static string ConnectionsChanged(int before, int now, string rate, string rateBefore) => Text([before, now, rate, rateBefore]);

    public static string ConnectionsFar(int before, int now, double milliseconds) => Text([before, now, milliseconds.ToString("0", CultureInfo.InvariantCulture)]);

    public static string ConnectionsFewerDo(int before, int now, string rate) => Text([before, now, rate]);

    public static string ConnectionsSlowedDown(int before, int now) => Text([before, now]);

    public static string ConnectionsStay(int before, int tried, string rate, string rateBefore) => Text([before, tried, rate, rateBefore]);

    public static string FileRepaired(string path, long fetched, long size) => Text([path, fetched, size]);

    public static string FilesFailed(int failed, int files, string? first) => Text([failed, files, first]);

    public static string InTheWayRemedy => Text();

    public static string NotAsJournalled(string path) => Text([path]);

    public static string OrphanKept(string path, string reason) => Text([path, reason]);

    public static string OrphanRefused(string reason) => Text([reason]);

    public static string RemovedWhileRead(string target) => Text([target]);

    public static string RemovedWhileReadRemedy => Text();

    public static string ReplacedByOtherSize(string target, long found, long specified) => Text([target, found, specified]);

    public static string ReplacedByOtherSizeRemedy => Text();

    public static string RunAgain => Text();

    public static string StoreGivenUp(string last) => Text([last]);

    public static string Unexpected(string kind, string reason) => Text([kind, reason]);

    public static string UnexpectedInTransferRemedy => Text();

    public static string VerificationTooWeak(string target, VerificationLevel level, VerificationLevel minimum) => Text([target, level, minimum]);

    public static string VerificationTooWeakRemedy => Text();
}

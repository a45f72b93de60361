namespace S3ModelStore.Engine.Resources;

/// <content>Of the destination.</content>
public static partial class Messages
{
    public static string AndFileHas(long? bytes) => Text([bytes]);

    public static string BytesAreFree(long bytes) => Text([bytes]);

    public static string CannotBeWritten(string path, string reason) => Text([path, reason]);

    public static string CannotBeWrittenRemedy => Text();

    public static string DestinationInACircle(string path) => Text([path]);

    public static string DestinationInACircleRemedy => Text();

    public static string DestinationIsFile(string path) => Text([path]);

    public static string DestinationIsFileRemedy => Text();

    public static string DirectoryWhereFileIs(string path) => Text([path]);

    public static string DirectoryWhereLinkToFileIs(string path) => Text([path]);

    public static string DiskFullRemedy => Text();

    public static string FileTooLongForVolume(long bytes) => Text([bytes]);

    public static string FileWhereDirectoryIs(string path) => Text([path]);

    public static string LinkInACircle(string link) => Text([link]);

    public static string LinkInTheWay(string path) => Text([path]);

    public static string LinkInTheWayRemedy => Text();

    public static string LinkIntoOwnDirectory(string link) => Text([link]);

    public static string LinkLeadsOut(string link, string real) => Text([link, real]);

    public static string LinkToNothing(string link, string linkTarget) => Text([link, linkTarget]);

    public static string ManifestTooNew(string path, double version, int known) => Text([path, version, known]);

    public static string ManifestTooNewRemedy => Text();

    public static string PartialFileChanged(long found, long written) => Text([found, written]);

    public static string QuotaUsedUp(string path) => Text([path]);

    public static string VolumeFull(string path) => Text([path]);
}

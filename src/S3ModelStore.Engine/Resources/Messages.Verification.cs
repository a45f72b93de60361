namespace S3ModelStore.Engine.Resources;

/// <content>Of proofs, and of what loaders would say.</content>
public static partial class Messages
{
    public static string AndMoreShards(int count) => Text([count]);

    public static string CannotBeLookedInto(string reason) => Text([reason]);

    public static string CannotBeRead(string reason) => Text([reason]);

    public static string DataHole(ulong from, ulong to) => Text([from, to]);

    public static string DataOverlap(ulong offset) => Text([offset]);

    public static string DataSizeIsOther(ulong found, ulong described) => Text([found, described]);

    public static string DtypeNotAString => Text();

    public static string FileShorterThanWritten => Text();

    public static string GgufCountsTooLarge(ulong tensors, ulong values, long room) => Text([tensors, values, room]);

    public static string GgufHeadEnds => Text();

    public static string GgufMagicMissing => Text();

    public static string GgufVersionUnknown(ulong version, ulong newest) => Text([version, newest]);

    public static string GgufVersionZero => Text();

    public static string GitLfsPointer => Text();

    public static string HeaderLengthMissing(long size) => Text([size]);

    public static string HeaderLongerThanFile(ulong length, long rest) => Text([length, rest]);

    public static string HeaderStringTooLong(int mebibytes) => Text([mebibytes]);

    public static string HeaderTooLong(ulong length, int limit) => Text([length, limit]);

    public static string HeaderWithoutBrace => Text();

    public static string IndexNotAnObject => Text();

    public static string IndexTooLarge(long size) => Text([size]);

    public static string IsNotDigest(string? digest) => Text([digest]);

    public static string JsonNotProper => Text();

    public static string JsonPlace(long line, long position) => Text([line, position]);

    public static string ManifestNotFound(string destination, string path) => Text([destination, path]);

    public static string ManifestNotFoundRemedy => Text();

    public static string MetadataNotAnObject(string name) => Text([name]);

    public static string MetadataValueNotAString(string name, string key) => Text([name, key]);

    public static string OffsetsNotTwo => Text();

    public static string PartialShorterThanWritten => Text();

    public static string PartsNotAsRecorded(int damaged, int parts, long offset) => Text([damaged, parts, offset]);

    public static string RecordedNotThere => Text();

    public static string ShapeNotSizes => Text();

    public static string ShapeTooManyBytes => Text();

    public static string ShapeTooManyElements => Text();

    public static string ShardElsewhere(string shard) => Text([shard]);

    public static string ShardMissing(int shards, string names) => Text([shards, names]);

    public static string ShardsMissing(int shards, int missing, string names, string rest) => Text([shards, missing, names, rest]);

    public static string SizeNotAsRecorded(long found, long recorded) => Text([found, recorded]);

    public static string TensorEndsBeforeItBegins => Text();

    public static string TensorFault(string tensor, string fault) => Text([tensor, fault]);

    public static string TensorLacks(string property) => Text([property]);

    public static string TensorNotAnObject => Text();

    public static string TensorNotWholeBytes => Text();

    public static string TensorSizeIsOther(ulong found, ulong needed) => Text([found, needed]);

    public static string ThereNotRecorded => Text();

    public static string UploadPartsUnknown(string algorithm, string expected) => Text([algorithm, expected]);

    public static string WeightMapEmpty => Text();

    public static string WeightMapMissing => Text();

    public static string WeightMapNotAnObject => Text();

    public static string WeightMapTooLarge(int limit) => Text([limit]);

    public static string WeightMapValueNotAName => Text();
}

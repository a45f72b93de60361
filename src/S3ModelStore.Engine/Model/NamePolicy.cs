namespace S3ModelStore.Engine.Model;

/// <summary>What to do with keys that cannot be safe local paths.</summary>
public enum NamePolicy
{
    /// <summary>Refuse the download and name every offending key.</summary>
    Error = 0,

    /// <summary>Leave those keys out; each is reported as skipped.</summary>
    Skip,

    /// <summary>Percent-encode what is unsafe; different keys always get different paths.</summary>
    Escape,
}

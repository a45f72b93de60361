using System.Text;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>Documents that no store should send.</summary>
internal static class MalformedXml
{
    /// <summary>What a captive portal says.</summary>
    public static byte[] Html { get; } = Encoding.UTF8.GetBytes("<html><head><meta charset=utf-8><title>Sign in</title></head><body><p>Sign in to the network<br></body></html>");

    public static byte[] HalfError { get; } = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code><Mess");

    /// <summary>A billion of something, had anybody expanded it.</summary>
    public static byte[] Entities { get; } = Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\"?><!DOCTYPE Error [<!ENTITY a0 \"ha\">"
        + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">"))
        + "<!ENTITY file SYSTEM \"file:///etc/hostname\">]>"
        + "<ListBucketResult><Name>models</Name><IsTruncated>false</IsTruncated><Contents><Key>m/&a3;&file;</Key><Size>1</Size></Contents></ListBucketResult>");

    /// <summary>Says UTF-8 and is UTF-16.</summary>
    public static byte[] WrongEncoding { get; } = Encoding.Unicode.GetBytes(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>models</Name><IsTruncated>false</IsTruncated></ListBucketResult>");
}

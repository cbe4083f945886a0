package io.curia.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content security policy of a page whose scripts and styles stand in it. */
final class PagePolicy {

    private PagePolicy() {
    }

    /** Returns the policy that allows what stands in this page, which is one of ours, and nothing else. */
    static String of(byte[] html) {
        String text = new String(html, StandardCharsets.UTF_8);
        return "default-src 'none'; script-src" + hashes("script", text) + "; style-src" + hashes("style", text)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hashes(String element, String text) {
        Matcher found = Pattern.compile("(?is)<" + element + "[^>]*>(.*?)</" + element + ">").matcher(text);
        StringBuilder hashes = new StringBuilder();
        while (found.find()) {
            hashes.append(" 'sha256-").append(hash(found.group(1))).append('\'');
        }
        return hashes.length() == 0 ? " 'none'" : hashes.toString();
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
